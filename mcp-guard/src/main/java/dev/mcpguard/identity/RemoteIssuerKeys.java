package dev.mcpguard.identity;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys fetched from a configured URL: fetched by one thread at a time, in the background while
 * there are keys at hand; an unknown key id asks again at most once per interval; the last good set
 * is kept for a bounded time when the issuer is away (threats A6, A7, A15). Thread-safe.
 */
final class RemoteIssuerKeys implements IssuerKeys {
  /** The least time between two fetches. */
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

  /** After this a set is fetched again: the bound within which a rotated key stops counting. */
  static final Duration FRESH = Duration.ofMinutes(10);

  /** After this without a good answer there are no keys. */
  static final Duration LAST_GOOD = Duration.ofHours(12);

  private static final Logger LOG = LoggerFactory.getLogger(RemoteIssuerKeys.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  private final URI url;
  private final IssuerSettings.Profile profile;
  private final KeyFetch fetch;
  private final InstantSource clock;
  private final Executor background;
  private final ReentrantLock fetching = new ReentrantLock();

  private volatile @Nullable Held held;
  private volatile Instant attempted = Instant.MIN;

  private record Held(KeySet keys, Instant fetched) {}

  RemoteIssuerKeys(
      URI url,
      IssuerSettings.Profile profile,
      KeyFetch fetch,
      InstantSource clock,
      Executor background) {
    this.url = url;
    this.profile = profile;
    this.fetch = fetch;
    this.clock = clock;
    this.background = background;
  }

  @Override
  public KeySet current() throws RefusedTokenException {
    Instant now = clock.instant();
    Held last = held;
    if (last == null) {
      refresh(now);
    } else if (now.isAfter(last.fetched().plus(FRESH)) && due(now) && !fetching.isLocked()) {
      background.execute(() -> refresh(now));
    }
    return usable(now);
  }

  @Override
  public KeySet renewed() throws RefusedTokenException {
    Instant now = clock.instant();
    if (due(now) || fetching.isLocked()) {
      refresh(now);
    }
    return usable(now);
  }

  private KeySet usable(Instant now) throws RefusedTokenException {
    Held last = held;
    if (last == null || now.isAfter(last.fetched().plus(LAST_GOOD))) {
      throw new RefusedTokenException("the issuer's keys are not available");
    }
    return last.keys();
  }

  private boolean due(Instant now) {
    Duration pause = held == null ? FIRST_RETRY : BETWEEN_FETCHES;
    // A clock set back must not stop fetching.
    return attempted.equals(Instant.MIN)
        || !now.isBefore(attempted.plus(pause))
        || now.isBefore(attempted);
  }

  /** Fetches, or waits for the fetch that runs. */
  private void refresh(Instant now) {
    if (!acquire()) {
      return;
    }
    try {
      if (!due(now)) {
        return;
      }
      attempted = now;
      Held last = held;
      KeySet keys = KeySet.read(fetch.get(url), profile);
      held = new Held(keys.orSame(last == null ? null : last.keys()), now);
    } catch (IOException | RefusedTokenException failed) {
      LOG.warn("the keys of the issuer at {} could not be fetched: {}", url, failed.getMessage());
    } finally {
      fetching.unlock();
    }
  }

  private boolean acquire() {
    try {
      return fetching.tryLock(KeyFetch.PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
