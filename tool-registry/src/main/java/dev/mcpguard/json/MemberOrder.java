package dev.mcpguard.json;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The canonical order of members (RFC 8785 3.2.3): UTF-16 code units, as String compares. */
final class MemberOrder {
  /** Up to here insertion is faster than a sort, above it it would be quadratic. */
  private static final int INSERTED = 24;

  private MemberOrder() {}

  /** The places of the members in the order of their names; null if they stand in it. */
  static int @Nullable [] of(MemberTable table) {
    if (table.ascending()) {
      return null;
    }
    return table.size() > INSERTED ? sorted(table) : inserted(table);
  }

  private static int[] inserted(MemberTable table) {
    int[] order = new int[table.size()];
    for (int i = 0; i < order.length; i++) {
      String name = table.name(i);
      int at = i;
      while (at > 0 && table.name(order[at - 1]).compareTo(name) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
    return order;
  }

  private static int[] sorted(MemberTable table) {
    Integer[] order = new Integer[table.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(table::name));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
