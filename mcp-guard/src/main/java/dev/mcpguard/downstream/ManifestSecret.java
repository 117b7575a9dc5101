package dev.mcpguard.downstream;

import dev.mcpguard.downstream.wire.ServerSecret;
import dev.mcpguard.registry.Credential;
import dev.mcpguard.registry.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token a manifest refers to, read when it is needed: a rotated file is noticed by its
 * time and size. Thread-safe. INVARIANT: the text appears in no string form and no message.
 */
final class ManifestSecret implements ServerSecret {
  private static final int LARGEST = 16 << 10;

  /** What a file held at one moment. */
  private record Held(Object stamp, String text) {
    @Override
    public String toString() {
      return "Held";
    }
  }

  private final @Nullable SecretReference reference;
  private final UnaryOperator<@Nullable String> environment;
  private volatile @Nullable Held held;

  private ManifestSecret(
      @Nullable SecretReference reference, UnaryOperator<@Nullable String> environment) {
    this.reference = reference;
    this.environment = environment;
  }

  /** The secret of this credential; {@code environment} looks up a variable. */
  static ManifestSecret of(Credential credential, UnaryOperator<@Nullable String> environment) {
    return switch (credential) {
      case Credential.None none -> new ManifestSecret(null, environment);
      case Credential.Bearer bearer -> new ManifestSecret(bearer.secret(), environment);
    };
  }

  @Override
  public boolean configured() {
    return reference != null;
  }

  @Override
  public String header() {
    return "Authorization";
  }

  @Override
  public @Nullable String current() {
    String text = reference == null ? null : read(reference);
    return text == null || text.isEmpty() ? null : "Bearer " + text;
  }

  private @Nullable String read(SecretReference from) {
    return switch (from.source()) {
      case ENV -> environment.apply(from.name());
      case FILE -> file(Path.of(from.name()));
    };
  }

  private @Nullable String file(Path path) {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      Object stamp = List.of(found.lastModifiedTime(), found.size());
      Held last = held;
      if (last != null && last.stamp().equals(stamp)) {
        return last.text();
      }
      if (!found.isRegularFile() || found.size() > LARGEST) {
        return null;
      }
      String text = Files.readString(path).strip();
      held = new Held(stamp, text);
      return text;
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }

  /** The value of a reference now, for the environment of a child; null if it cannot be read. */
  static @Nullable String value(
      SecretReference reference, UnaryOperator<@Nullable String> environment) {
    return new ManifestSecret(reference, environment).read(reference);
  }
}
