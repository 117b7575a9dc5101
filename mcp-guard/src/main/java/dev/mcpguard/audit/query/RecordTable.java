package dev.mcpguard.audit.query;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.json.VisibleText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of {@code audit list}: one line a record, nothing in it a terminal obeys. */
public final class RecordTable {
  private static final int[] WIDTHS = {27, 10, 7, 9, 18, 28, 5, 8};

  private RecordTable() {}

  public static String header() {
    return line(
        List.of("TIME", "INSTANCE", "SEQ", "KIND", "AGENT", "TOOL", "CLASS", "DECISION", "REASON"));
  }

  public static String line(LogEntry entry) {
    LeafScan leaf = LeafScan.of(entry.leaf(), 0);
    return line(
        List.of(
            text(leaf.text("time")),
            entry.instance(),
            Long.toString(entry.sequence()),
            text(leaf.text("kind")),
            text(Column.AGENT.of(leaf)),
            text(Column.TOOL.of(leaf)),
            text(Column.CLASS.of(leaf)),
            text(Column.DECISION.of(leaf)),
            reason(leaf)));
  }

  private static String reason(LeafScan leaf) {
    String reason = leaf.text("reason");
    return reason == null ? text(leaf.text("fate")) : reason;
  }

  private static String text(@Nullable String value) {
    return value == null ? "-" : value;
  }

  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < WIDTHS.length; i++) {
      String cell = VisibleText.cut(cells.get(i), WIDTHS[i]);
      line.append(cell).append(" ".repeat(1 + WIDTHS[i] - cell.codePointCount(0, cell.length())));
    }
    return line.append(VisibleText.cut(cells.getLast(), 40)).toString();
  }
}
