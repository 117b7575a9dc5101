package dev.mcpguard.audit.query;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.store.LeafScan;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a record is about in a few words: {@code notes/read_note [read, internal]}. A request that
 * was refused before its tool was found names what it asked for; one without a tool its method.
 */
final class AskedFor {
  private AskedFor() {}

  static String of(LogEntry entry) {
    return of(LeafScan.of(entry.leaf(), 0));
  }

  static String of(LeafScan leaf) {
    String name = Column.TOOL.of(leaf);
    String method = leaf.text("method");
    if (name == null) {
      return method == null || method.isEmpty() ? "nothing that was read" : method;
    }
    StringJoiner known = new StringJoiner(", ", " [", "]").setEmptyValue("");
    add(Column.CLASS.of(leaf), known);
    String sensitivity = leaf.object("tool").text("sensitivity");
    add(sensitivity == null ? leaf.object("primitive").text("sensitivity") : sensitivity, known);
    return name + known;
  }

  private static void add(@Nullable String value, StringJoiner known) {
    if (value != null) {
      known.add(value);
    }
  }
}
