package dev.mcpguard.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP to a fixed URL. Immutable.
 *
 * @param url absolute, http or https, with a host and without user name or fragment
 */
public record HttpTransport(URI url, Era era, @Nullable Tls tls) implements Transport {
  /** What is allowed, for messages. */
  static final String RULE = "write an http or https url with a host and no user name or fragment";

  /**
   * PEM files; null leaves it to the JVM. A certificate and its key come together.
   *
   * @param ca the only authorities trusted for this server
   */
  public record Tls(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
    public Tls {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException("a client certificate needs its key");
      }
    }
  }

  public HttpTransport {
    if (!acceptable(url)) {
      throw new IllegalArgumentException("not a server url; " + RULE);
    }
  }

  static boolean acceptable(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawFragment() == null;
  }
}
