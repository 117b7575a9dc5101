package dev.mcpguard.registry.poison;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a pattern list beside this class, columns parted by {@code " | "}. */
final class PatternList {
  private PatternList() {}

  static List<List<String>> read(String file, int columns) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : text(file).lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> row = List.of(line.split(" \\| ", -1));
        if (row.size() != columns) {
          throw new IllegalStateException(file + ": not " + columns + " columns: `" + line + "`");
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String text(String file) {
    try (InputStream in = PatternList.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("`" + file + "` is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
