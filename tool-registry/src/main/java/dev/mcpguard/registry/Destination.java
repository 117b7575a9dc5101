package dev.mcpguard.registry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where data goes when a tool is called, in rising order of exposure. */
public enum Destination {
  INTERNAL,
  PARTNER,
  INTERNET;

  /** The spelling used in manifests, policy input and records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant spelled exactly {@code text}, or null. */
  public static @Nullable Destination ofText(String text) {
    for (Destination candidate : values()) {
      if (candidate.text().equals(text)) {
        return candidate;
      }
    }
    return null;
  }
}
