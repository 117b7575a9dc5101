package dev.mcpguard.registry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How sensitive the data is that a server or tool reads or writes, in rising order. */
public enum Sensitivity {
  PUBLIC,
  INTERNAL,
  CONFIDENTIAL,
  RESTRICTED;

  /** The spelling used in manifests, policy input and records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant spelled exactly {@code text}, or null. */
  public static @Nullable Sensitivity ofText(String text) {
    for (Sensitivity candidate : values()) {
      if (candidate.text().equals(text)) {
        return candidate;
      }
    }
    return null;
  }
}
