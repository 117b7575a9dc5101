package dev.mcpguard.intent;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI prefix of whole path components: {@code file:///srv/data} does not cover {@code
 * file:///srv/database}.
 */
final class ResourcePrefix {
  private static final int LONGEST = 2048;

  /** An absolute URI with neither query nor fragment, in ASCII. */
  private static final Pattern FORM =
      Pattern.compile("[a-z][a-z0-9+.-]*:[A-Za-z0-9._~:/@!$&'()*+,;=%\\[\\]-]*");

  private static final Pattern STEP =
      Pattern.compile("(?:^|/)(?:\\.|%2e){1,2}(?:/|$)", Pattern.CASE_INSENSITIVE);

  private ResourcePrefix() {}

  /** Whether the prefix means the same to everybody: no dot segments, no encoded separators. */
  static boolean valid(String prefix) {
    String lower = prefix.toLowerCase(Locale.ROOT);
    return prefix.length() <= LONGEST
        && FORM.matcher(prefix).matches()
        && !STEP.matcher(prefix).find()
        && !lower.contains("%2f")
        && !lower.contains("%5c")
        && !lower.contains("%00");
  }

  static boolean covers(String prefix, String resource) {
    if (!resource.startsWith(prefix)) {
      return false;
    }
    return resource.length() == prefix.length()
        || prefix.endsWith("/")
        || resource.charAt(prefix.length()) == '/';
  }

  static @Nullable String narrower(String one, String other) {
    if (covers(one, other)) {
      return other;
    }
    return covers(other, one) ? one : null;
  }
}
