package dev.mcpguard.registry;

import java.util.Locale;

/** Where a tool stands; only an approved one is listed and callable. */
public enum ToolStatus {
  /** A definition digest is pinned and nothing says otherwise. */
  APPROVED,
  /** Declared, and no definition digest pinned yet. */
  PENDING,
  /** The live definition differs from the pinned one. */
  CHANGED,
  /** Stopped by a person or a check. */
  QUARANTINED,
  /** Taken out of service. */
  RETIRED;

  /** The spelling used in policy input and records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
