package dev.mcpguard.policy.bundle;

import dev.mcpguard.registry.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The token of the download, read when it is needed: a renewed file needs no restart. INVARIANT: the
 * text appears in no string form and no message.
 */
final class BearerToken {
  private static final int LARGEST = 16 << 10;

  private final @Nullable SecretReference reference;
  private final UnaryOperator<@Nullable String> environment;

  BearerToken(
      @Nullable SecretReference reference, UnaryOperator<@Nullable String> environment) {
    this.reference = reference;
    this.environment = environment;
  }

  /** The token now; null if none is configured. */
  @Nullable String current() throws IOException {
    if (reference == null) {
      return null;
    }
    String text =
        switch (reference.source()) {
          case ENV -> environment.apply(reference.name());
          case FILE -> file(Path.of(reference.name()));
        };
    if (text == null || text.isBlank() || !text.strip().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IOException("the token at `" + reference.text() + "` cannot be read");
    }
    return text.strip();
  }

  private static @Nullable String file(Path path) {
    try {
      return Files.size(path) > LARGEST ? null : Files.readString(path);
    } catch (IOException unreadable) {
      return null;
    }
  }
}
