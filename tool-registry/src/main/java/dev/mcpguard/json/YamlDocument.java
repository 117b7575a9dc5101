package dev.mcpguard.json;

import java.util.Map;

/**
 * A configuration file read by {@link StrictYaml}: its value, and the line each part stands on.
 * Immutable and thread-safe.
 *
 * @param file the name used in findings
 * @param lines line numbers, counted from 1, by JSON pointer (RFC 6901)
 */
public record YamlDocument(String file, JsonValue root, Map<String, Integer> lines) {
  public YamlDocument {
    lines = Map.copyOf(lines);
  }

  /** The line of the value, or of the nearest parent that is there; at least 1. */
  public int line(String pointer) {
    String at = pointer;
    while (true) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      int parent = at.lastIndexOf('/');
      if (parent < 0) {
        return 1;
      }
      at = at.substring(0, parent);
    }
  }

  /** The pointer of a member or element. */
  static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
