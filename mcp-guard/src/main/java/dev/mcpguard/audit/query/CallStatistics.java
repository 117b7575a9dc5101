package dev.mcpguard.audit.query;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.VisibleText;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts for {@code audit stats}: records by kind, decision, class, reason, agent, server and tool.
 * Feed it entries. Memory grows with the number of different values. Not thread-safe.
 */
public final class CallStatistics {
  private static final Column[] COUNTED = {
    Column.KIND, Column.DECISION, Column.CLASS, Column.REASON, Column.AGENT, Column.SERVER,
    Column.TOOL
  };

  private final Map<Column, Map<String, Long>> counts = new EnumMap<>(Column.class);
  private long records;

  public void add(LogEntry entry) {
    records++;
    LeafScan leaf = LeafScan.of(entry.leaf(), 0);
    for (Column column : COUNTED) {
      String value = column.of(leaf);
      if (value != null) {
        counts.computeIfAbsent(column, name -> new HashMap<>()).merge(value, 1L, Long::sum);
      }
    }
  }

  /** {@code records} and one object of counts per column. */
  public JsonObject json() {
    JsonObject.Builder all = JsonObject.builder().put("records", records);
    counts.forEach(
        (column, values) -> {
          JsonObject.Builder one = JsonObject.builder();
          // in order, so that two runs give the same bytes
          new TreeMap<>(values).forEach((value, count) -> one.put(value, count.longValue()));
          all.put(column.name().toLowerCase(Locale.ROOT), one.build());
        });
    return all.build();
  }

  /** The ten most frequent values of each column. */
  public String text() {
    StringBuilder out = new StringBuilder("records " + records + "\n");
    counts.forEach(
        (column, values) -> {
          out.append(column.name().toLowerCase(Locale.ROOT)).append('\n');
          values.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(10)
              .forEach(
                  value ->
                      out.append(String.format(Locale.ROOT, "  %10d  ", value.getValue()))
                          .append(VisibleText.cut(value.getKey(), 60))
                          .append('\n'));
        });
    return out.toString();
  }
}
