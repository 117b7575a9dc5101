package dev.mcpguard.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar of SPIFFE ids: {@code spiffe://domain/path}, compared byte for byte. */
final class SpiffeId {
  static final String SCHEME = "spiffe://";

  private static final int LONGEST = 2048;
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]+");

  private SpiffeId() {}

  static boolean trustDomain(String text) {
    return DOMAIN.matcher(text).matches();
  }

  /** {@code spiffe://} and the trust domain of a well-formed workload id, or null. */
  static @Nullable String issuerOf(@Nullable String subject) {
    if (subject == null || subject.length() > LONGEST || !subject.startsWith(SCHEME)) {
      return null;
    }
    int slash = subject.indexOf('/', SCHEME.length());
    if (slash < 0 || !trustDomain(subject.substring(SCHEME.length(), slash))) {
      return null;
    }
    for (String segment : subject.substring(slash + 1).split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
        return null;
      }
    }
    return subject.substring(0, slash);
  }
}
