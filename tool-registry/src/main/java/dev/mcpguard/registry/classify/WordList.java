package dev.mcpguard.registry.classify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a word list beside this class: one word a line, columns parted by {@code |}. */
final class WordList {
  private WordList() {}

  static List<List<String>> read(String file, int columns) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : text(file).lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> row = List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
      if (row.size() != columns) {
        throw new IllegalStateException(file + ": not " + columns + " columns: `" + line + "`");
      }
      rows.add(row);
    }
    return rows;
  }

  private static String text(String file) {
    try (InputStream in = WordList.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("word list `" + file + "` is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
