package dev.mcpguard.downstream.catalogue;

import java.time.Duration;

/**
 * How old a listing may be.
 *
 * @param bound older than this, nothing is served from it
 * @param fetch how long one fetch may take
 * @param pause the least time between two fetches: a storm of {@code list_changed} or a dead server
 *     costs one fetch per pause
 */
public record Freshness(Duration bound, Duration fetch, Duration pause) {

  /** The defaults: 30 s, 5 s, 500 ms. */
  public static Freshness standard() {
    return new Freshness(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMillis(500));
  }

  /** The age at which a listing is fetched anew in the background. */
  long renewNanos() {
    return bound.toNanos() / 2;
  }
}
