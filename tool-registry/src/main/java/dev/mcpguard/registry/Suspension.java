package dev.mcpguard.registry;

/** Why a person took a declared tool out of service; written as {@code state} in the manifest. */
public enum Suspension {
  /** Stopped until somebody has looked at it; {@code approve} puts it back. */
  QUARANTINED,
  /** Out of service for good; kept in the manifest so that its name is not taken again. */
  RETIRED
}
