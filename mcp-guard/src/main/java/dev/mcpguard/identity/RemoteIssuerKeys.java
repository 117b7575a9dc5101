package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys fetched from a configured URL: no redirects, bounded in size and time, fetched by one thread at
 * a time, an unknown key id asks again at most once per interval, and the last good set is kept for a
 * bounded time when the issuer is away (threats A6, A7). Thread-safe.
 */
final class RemoteIssuerKeys implements IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteIssuerKeys.class);
  private static final int LARGEST = 1 << 18;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration LAST_GOOD = Duration.ofHours(12);

  private final URI url;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final ReentrantLock fetching = new ReentrantLock();

  private volatile @Nullable KeySet keys;
  private volatile Instant fetched = Instant.MIN;
  private volatile Instant attempted = Instant.MIN;

  RemoteIssuerKeys(URI url, InstantSource clock) {
    this.url = url;
    this.clock = clock;
  }

  @Override
  public @Nullable JWK find(String keyId) throws RefusedTokenException {
    JWK known = current(FRESH).find(keyId);
    return known != null ? known : current(BETWEEN_FETCHES).find(keyId);
  }

  @Override
  public @Nullable JWK only() throws RefusedTokenException {
    return current(FRESH).only();
  }

  private KeySet current(Duration fresh) throws RefusedTokenException {
    Instant now = clock.instant();
    if (keys == null || now.isAfter(fetched.plus(fresh))) {
      refresh(now);
    }
    KeySet set = keys;
    if (set == null || now.isAfter(fetched.plus(LAST_GOOD))) {
      throw new RefusedTokenException("the issuer's keys are not available");
    }
    return set;
  }

  private void refresh(Instant now) {
    if (!acquire()) {
      return;
    }
    try {
      if (attempted.isAfter(Instant.MIN) && now.isBefore(attempted.plus(BETWEEN_FETCHES))) {
        return;
      }
      attempted = now;
      keys = fetch();
      fetched = now;
    } catch (IOException | RefusedTokenException failed) {
      LOG.warn("the keys of the issuer at {} could not be fetched: {}", url, failed.getMessage());
    } finally {
      fetching.unlock();
    }
  }

  /** With keys at hand nobody waits for a fetch; without, everybody waits for the one that runs. */
  private boolean acquire() {
    if (fetching.tryLock()) {
      return true;
    }
    if (keys != null) {
      return false;
    }
    try {
      return fetching.tryLock(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private KeySet fetch() throws IOException, RefusedTokenException {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build();
    try {
      HttpResponse<InputStream> response =
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("status " + response.statusCode());
        }
        return KeySet.read(bounded(body));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
      throw new IOException(String.valueOf(late.getMessage()), late);
    }
  }

  /** Reads at most the cap, and no longer than the patience even at one byte a second. */
  private static byte[] bounded(InputStream body) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
      bytes.write(chunk, 0, read);
      if (bytes.size() > LARGEST || System.nanoTime() > deadline) {
        throw new IOException("the key set is too large or too slow");
      }
    }
    return bytes.toByteArray();
  }
}
