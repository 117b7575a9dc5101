package dev.mcpguard.downstream.wire;

/** What a manifest says about the revisions a server speaks. */
public enum Era {
  /** Find out. */
  AUTO,
  /** Only revisions without sessions. */
  MODERN,
  /** Only revisions with an {@code initialize} handshake. */
  LEGACY
}
