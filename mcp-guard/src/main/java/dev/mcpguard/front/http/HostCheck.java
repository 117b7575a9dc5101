package dev.mcpguard.front.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code Host} and {@code Origin} against DNS rebinding (threat C13). */
final class HostCheck {
  private final Set<String> hosts;
  private final Set<String> origins;

  HostCheck(Set<String> hosts, Set<String> origins) {
    this.hosts = hosts;
    this.origins = origins;
  }

  /** Whether there is exactly one {@code Host}, and a listed one. */
  boolean hostAccepted(HttpHeaders headers) {
    List<String> given = headers.getAll("host");
    return given.size() == 1 && listed(given.getFirst(), hosts);
  }

  /** Whether there is no {@code Origin} or one listed one; {@code null} never is. */
  boolean originAccepted(HttpHeaders headers) {
    List<String> given = headers.getAll("origin");
    return given.isEmpty() || (given.size() == 1 && listed(given.getFirst(), origins));
  }

  private static boolean listed(String given, Set<String> accepted) {
    String value = given.toLowerCase(Locale.ROOT);
    if (accepted.contains(value)) {
      return true;
    }
    int colon = value.lastIndexOf(':');
    boolean port =
        colon > 0
            && colon + 1 < value.length()
            && colon + 6 >= value.length()
            && value.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    return accepted.contains((port ? value.substring(0, colon) : value) + ":*");
  }
}
