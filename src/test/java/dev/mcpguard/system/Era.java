package dev.mcpguard.system;

/** Which revisions a recording tool server speaks. */
enum Era {
  MODERN,
  LEGACY,
  DUAL;

  static final String MODERN_VERSION = "2026-07-28";
  static final String LEGACY_VERSION = "2025-11-25";

  boolean speaksModern() {
    return this != LEGACY;
  }

  boolean speaksLegacy() {
    return this != MODERN;
  }
}
