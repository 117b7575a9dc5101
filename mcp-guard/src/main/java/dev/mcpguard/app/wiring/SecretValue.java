package dev.mcpguard.app.wiring;

import dev.mcpguard.registry.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what a reference refers to, at the moment it is needed: a rotated secret needs no restart. */
final class SecretValue {
  private static final long LARGEST = 16 << 10;

  private SecretValue() {}

  /** The secret now, or null when it cannot be read; no message names it. */
  static @Nullable String of(SecretReference reference) {
    String text =
        switch (reference.source()) {
          case ENV -> System.getenv(reference.name());
          case FILE -> file(Path.of(reference.name()));
        };
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static @Nullable String file(Path path) {
    try {
      return Files.size(path) > LARGEST ? null : Files.readString(path);
    } catch (IOException unreadable) {
      return null;
    }
  }
}
