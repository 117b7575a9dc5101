package dev.mcpguard.intent;

import org.jspecify.annotations.Nullable;

/** A URI prefix of whole path components: {@code file:///srv/data} does not cover {@code file:///srv/database}. */
final class ResourcePrefix {
  private ResourcePrefix() {}

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
