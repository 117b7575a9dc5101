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

  private static final Duration RENEW = Duration.ofSeconds(2);

  /** The defaults: 30 s, 5 s, 500 ms. */
  public static Freshness standard() {
    return new Freshness(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMillis(500));
  }

  /**
   * The age at which a call has the listing fetched anew in the background: a silent change is seen
   * by the call after the one that it lets through, and costs a busy server one listing in two
   * seconds (threat E2).
   */
  long renewNanos() {
    return Math.min(bound.toNanos() / 2, RENEW.toNanos());
  }
}
