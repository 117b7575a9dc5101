package dev.mcpguard.audit.query;

import dev.mcpguard.audit.RecordTime;
import dev.mcpguard.audit.store.LeafScan;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which records are wanted; all conditions must hold. Immutable.
 *
 * @param from earliest time, inclusive
 * @param to latest time, exclusive
 * @param values what columns must equal
 */
public record CallFilter(@Nullable Instant from, @Nullable Instant to, Map<Column, String> values) {
  public CallFilter {
    values = Map.copyOf(values);
  }

  /** Every record. */
  public static CallFilter all() {
    return new CallFilter(null, null, Map.of());
  }

  public CallFilter with(Column column, String value) {
    EnumMap<Column, String> more = new EnumMap<>(Column.class);
    more.putAll(values);
    more.put(column, value);
    return new CallFilter(from, to, more);
  }

  public CallFilter between(@Nullable Instant earliest, @Nullable Instant latest) {
    return new CallFilter(earliest, latest, values);
  }

  boolean matches(LeafScan leaf) {
    for (Map.Entry<Column, String> wanted : values.entrySet()) {
      if (!wanted.getValue().equals(wanted.getKey().of(leaf))) {
        return false;
      }
    }
    return timely(leaf.string("time"));
  }

  private boolean timely(@Nullable String time) {
    if (from == null && to == null) {
      return true;
    }
    return time != null
        && (from == null || time.compareTo(RecordTime.text(from)) >= 0)
        && (to == null || time.compareTo(RecordTime.text(to)) < 0);
  }
}
