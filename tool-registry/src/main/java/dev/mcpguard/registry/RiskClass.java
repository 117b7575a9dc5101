package dev.mcpguard.registry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The risk class of a tool: what a call may change. Ordered {@code READ < WRITE < ADMIN}; whatever
 * is in doubt takes the higher. Immutable and thread-safe.
 */
public enum RiskClass {
  /** Changes no state anyone relies on and hands out no credential. */
  READ,
  /** Changes state within the caller's business. */
  WRITE,
  /**
   * Changes who may do what, identities, credentials, configuration, code or infrastructure; runs
   * arbitrary code, SQL or requests; destroys in bulk or beyond recovery; or is unknown.
   */
  ADMIN;

  /** The spelling used in manifests, policy input, records and denials: {@code read}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class spelled exactly {@code text}, or null: {@code Read} or {@code read } is no class. */
  public static @Nullable RiskClass ofText(String text) {
    return switch (text) {
      case "read" -> READ;
      case "write" -> WRITE;
      case "admin" -> ADMIN;
      default -> null;
    };
  }

  /** The stricter of the two. */
  public RiskClass max(RiskClass other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The narrower of the two. */
  public RiskClass min(RiskClass other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether a ceiling of this class covers a call of class {@code called}. */
  public boolean covers(RiskClass called) {
    return compareTo(called) >= 0;
  }
}
