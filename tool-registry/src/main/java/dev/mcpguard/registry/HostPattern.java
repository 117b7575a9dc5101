package dev.mcpguard.registry;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host that may be reached: {@code api.example.com}, {@code api.example.com:8443}, or {@code
 * *.example.com} for every name below. Names that are not ASCII are written in their {@code xn--}
 * form. An address matches only when spelled alike, so {@code 127.1} is never {@code 127.0.0.1}.
 * Immutable.
 */
public record HostPattern(String text) {
  /** What is allowed, for messages. */
  static final String RULE = "write `host`, `host:port` or `*.domain` in lower case";

  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern HOST =
      Pattern.compile(LABEL + "(\\." + LABEL + "){0,30}(:[1-9][0-9]{0,4})?");

  public HostPattern {
    String host = text.startsWith("*.") ? text.substring(2) : text;
    if (host.length() > 260 || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("not a host; " + RULE);
    }
  }

  public static @Nullable HostPattern ofText(String text) {
    String host = text.startsWith("*.") ? text.substring(2) : text;
    return host.length() <= 260 && HOST.matcher(host).matches() ? new HostPattern(text) : null;
  }

  /** Whether the host, with a port when one is written, is this one; case does not matter. */
  boolean matches(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.length() > 260 || !HOST.matcher(lower).matches()) {
      return false;
    }
    if (text.startsWith("*.")) {
      return lower.endsWith(text.substring(1)) && lower.length() > text.length() - 1;
    }
    return lower.equals(text);
  }
}
