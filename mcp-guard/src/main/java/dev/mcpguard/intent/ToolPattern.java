package dev.mcpguard.intent;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code server/tool} for one tool, {@code server/*} for all tools of a server. Compared byte for
 * byte.
 */
final class ToolPattern {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?/(?:\\*|[A-Za-z0-9_.-]{1,128})");

  private ToolPattern() {}

  static boolean valid(String pattern) {
    return FORM.matcher(pattern).matches();
  }

  static boolean covers(String pattern, String tool) {
    return pattern.equals(tool)
        || (pattern.endsWith("/*") && tool.startsWith(pattern.substring(0, pattern.length() - 1)));
  }

  static @Nullable String narrower(String one, String other) {
    if (covers(one, other)) {
      return other;
    }
    return covers(other, one) ? one : null;
  }
}
