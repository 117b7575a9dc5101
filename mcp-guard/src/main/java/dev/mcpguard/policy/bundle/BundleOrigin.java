package dev.mcpguard.policy.bundle;

import dev.mcpguard.registry.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a bundle comes from. */
public sealed interface BundleOrigin {

  /** For messages. */
  String text();

  /** A file, read again when it changes. */
  record File(Path path) implements BundleOrigin {
    @Override
    public String text() {
      return path.toString();
    }
  }

  /**
   * An https URL (http on loopback only), asked again and again.
   *
   * @param token bearer token it asks for, or null
   * @param tls how both sides prove themselves
   */
  record Url(URI url, @Nullable SecretReference token, Tls tls, Polling polling)
      implements BundleOrigin {
    @Override
    public String text() {
      return url.toString();
    }
  }

  /**
   * TLS of the download.
   *
   * @param authorities PEM of the only authorities trusted, or null for those of the JDK
   * @param certificate PEM of the guard's certificate chain, or null if it shows none
   * @param key PEM (PKCS #8) of its key, or null
   */
  record Tls(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
    public static final Tls STANDARD = new Tls(null, null, null);
  }

  /**
   * How often to ask.
   *
   * @param minDelay the least time between two questions
   * @param maxDelay the most
   * @param longPoll how long the server may hold a question back until there is news; null for not
   * @param timeout the most time a whole answer takes, beyond the long poll
   */
  record Polling(
      Duration minDelay, Duration maxDelay, @Nullable Duration longPoll, Duration timeout) {
    public static final Polling STANDARD =
        new Polling(Duration.ofSeconds(30), Duration.ofSeconds(60), null, Duration.ofSeconds(10));
  }
}
