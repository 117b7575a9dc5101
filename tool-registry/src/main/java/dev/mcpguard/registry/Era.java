package dev.mcpguard.registry;

/** Which generation of MCP a server speaks. */
public enum Era {
  /** Probe it once and remember. */
  AUTO,
  /** Stateless, 2026-07-28 and later. */
  MODERN,
  /** Sessions, 2025-11-25 and before. */
  LEGACY,
  /** HTTP with an event stream and an address to post to beside it, 2024-11-05. */
  HTTP_SSE
}
