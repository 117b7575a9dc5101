package dev.mcpguard.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** A cheap sign of change: names, sizes and times of the files below a path. */
final class Fingerprint {
  private Fingerprint() {}

  /** The sign; unreadable files give one of their own. */
  static String of(Path path) {
    StringBuilder sign = new StringBuilder();
    try (Stream<Path> files = Files.walk(path, 16)) {
      files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .forEach(file -> append(sign, file));
      return sign.toString();
    } catch (IOException | UncheckedIOException unreadable) {
      return "unreadable " + unreadable.getMessage();
    }
  }

  private static void append(StringBuilder sign, Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        sign.append(file)
            .append(' ')
            .append(attributes.size())
            .append(' ')
            .append(attributes.lastModifiedTime().toMillis())
            .append(' ')
            .append(attributes.fileKey())
            .append('\n');
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
