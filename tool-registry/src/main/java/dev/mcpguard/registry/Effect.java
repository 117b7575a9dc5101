package dev.mcpguard.registry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a tool does beyond its {@link RiskClass}; refines the class for policy. */
public enum Effect {
  /** Destroys or overwrites what cannot be restored by the same authority. */
  DESTRUCTIVE,
  /** Calling twice with the same arguments changes no more than calling once. */
  IDEMPOTENT,
  /** Data leaves to a destination. */
  EGRESS,
  /** Mints or reveals a credential. */
  CREDENTIAL,
  /** Returns text that others can write. */
  UNTRUSTED_CONTENT;

  /** The spelling used in manifests, policy input and records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant spelled exactly {@code text}, or null. */
  public static @Nullable Effect ofText(String text) {
    for (Effect candidate : values()) {
      if (candidate.text().equals(text)) {
        return candidate;
      }
    }
    return null;
  }
}
