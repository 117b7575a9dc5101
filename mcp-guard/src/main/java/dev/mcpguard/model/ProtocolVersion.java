package dev.mcpguard.model;

import org.jspecify.annotations.Nullable;

/** The revisions of the Model Context Protocol the guard speaks, oldest first. */
public enum ProtocolVersion {
  V2024_11_05("2024-11-05"),
  V2025_03_26("2025-03-26"),
  V2025_06_18("2025-06-18"),
  V2025_11_25("2025-11-25"),
  V2026_07_28("2026-07-28");

  /** The newest revision with an {@code initialize} handshake. */
  public static final ProtocolVersion LATEST_LEGACY = V2025_11_25;

  /** The newest revision without sessions. */
  public static final ProtocolVersion LATEST_MODERN = V2026_07_28;

  private final String text;

  ProtocolVersion(String text) {
    this.text = text;
  }

  /** The date on the wire. */
  public String text() {
    return text;
  }

  /** Whether every request carries its own version and capabilities (no session). */
  public boolean modern() {
    return this == V2026_07_28;
  }

  /** The revision of exactly this date, or null. */
  public static @Nullable ProtocolVersion ofText(String text) {
    for (ProtocolVersion version : values()) {
      if (version.text.equals(text)) {
        return version;
      }
    }
    return null;
  }
}
