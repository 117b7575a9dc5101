package dev.mcpguard.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@code htu} with the URL of the request after syntax- and scheme-based normalization
 * (RFC 3986, 6.2.2 and 6.2.3). A query, fragment or user part in a proof refuses.
 */
final class ProofUrl {
  private ProofUrl() {}

  static boolean same(String claimed, String actual) {
    String normal = normal(claimed);
    return normal != null && normal.equals(normal(actual));
  }

  private static @Nullable String normal(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() == null
          || uri.getHost() == null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getRawUserInfo() != null) {
        return null;
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      String path = uri.normalize().getRawPath();
      return scheme
          + "://"
          + uri.getHost().toLowerCase(Locale.ROOT)
          + port(scheme, uri.getPort())
          + (path.isEmpty() ? "/" : path);
    } catch (URISyntaxException unreadable) {
      return null;
    }
  }

  private static String port(String scheme, int port) {
    boolean implied =
        port < 0
            || (scheme.equals("https") && port == 443)
            || (scheme.equals("http") && port == 80);
    return implied ? "" : ":" + port;
  }
}
