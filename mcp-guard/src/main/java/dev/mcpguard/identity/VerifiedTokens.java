package dev.mcpguard.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.mcpguard.json.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers outcomes by digest of the token and resource: a genuine token while its issuer stands
 * by its keys, a forged one for seconds. Nothing that time or an issuer could mend is remembered as
 * refused. A token that many threads present at once is verified once. Thread-safe.
 */
final class VerifiedTokens {
  static final Duration REMEMBER_FORGERY = Duration.ofSeconds(5);

  private final Cache<Key, TokenVerification.Genuine> genuine;
  private final Cache<Key, TokenVerification.Refused> forged;
  private final SingleFlight<Key, TokenVerification> flights = new SingleFlight<>();

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /** Which token for which resource. */
  record Key(Digest token, String resource) {}

  VerifiedTokens(InstantSource clock) {
    Ticker ticker =
        () -> {
          Instant now = clock.instant();
          return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        };
    genuine =
        Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofMinutes(30))
            .ticker(ticker)
            .build();
    forged =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(REMEMBER_FORGERY)
            .ticker(ticker)
            .build();
  }

  /** The remembered outcome, or what {@code verify} finds. */
  TokenVerification find(Key key, Supplier<TokenVerification> verify) {
    TokenVerification known = known(key);
    if (known != null) {
      hits.increment();
      return known;
    }
    misses.increment();
    return flights.join(
        key,
        () -> {
          TokenVerification meanwhile = known(key);
          return meanwhile != null ? meanwhile : remembered(key, verify.get());
        });
  }

  /** Tokens found verified or forged. */
  long hits() {
    return hits.sum();
  }

  /** Tokens that had to be verified. */
  long misses() {
    return misses.sum();
  }

  /** Drops a token whose time is over. */
  void forget(Key key) {
    genuine.invalidate(key);
  }

  private @Nullable TokenVerification known(Key key) {
    TokenVerification.Genuine hit = genuine.getIfPresent(key);
    if (hit != null && hit.stands()) {
      return hit;
    }
    TokenVerification.Refused miss = forged.getIfPresent(key);
    if (miss == null || miss.forged() == null) {
      return null;
    }
    return miss.forged().issuer().uses(miss.forged().keys()) ? miss : null;
  }

  private TokenVerification remembered(Key key, TokenVerification outcome) {
    switch (outcome) {
      case TokenVerification.Genuine good -> genuine.put(key, good);
      case TokenVerification.Refused bad -> {
        genuine.invalidate(key);
        if (bad.forged() != null) {
          forged.put(key, bad);
        }
      }
    }
    return outcome;
  }
}
