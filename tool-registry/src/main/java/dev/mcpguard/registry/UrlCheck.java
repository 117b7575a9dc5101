package dev.mcpguard.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads a URL (RFC 3986) the one way every client reads it, or not at all. */
final class UrlCheck {
  private static final int LONGEST = 8192;

  private UrlCheck() {}

  static boolean keeps(UrlRule rule, String text) {
    if (text.length() > LONGEST || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '\\')) {
      return false;
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException notAUrl) {
      return false;
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost();
    if (host == null || url.getRawUserInfo() != null || !rule.schemes().contains(scheme)) {
      return false;
    }
    // an empty port or one with leading zeros is read differently by different clients
    String written = port(scheme, url.getPort());
    String authority = url.getRawAuthority();
    boolean plain = authority.equals(host) || authority.equals(host + ":" + url.getPort());
    return plain && rule.hosts().stream().anyMatch(pattern -> pattern.matches(host + written));
  }

  private static String port(String scheme, int port) {
    boolean usual =
        port == -1
            || (port == 443 && (scheme.equals("https") || scheme.equals("wss")))
            || (port == 80 && (scheme.equals("http") || scheme.equals("ws")));
    return usual ? "" : ":" + port;
  }
}
