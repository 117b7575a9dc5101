package dev.mcpguard.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names and values in insertion order, names unique. Nearly every object of a message has a dozen
 * members or fewer, where comparing names one by one beats hashing them. A larger one is searched by
 * halves as long as its names came in ascending order, as those of a record do; any other gets an
 * index of the JDK's own map, which bears names chosen to collide (threat C7). Not thread-safe.
 */
final class MemberTable {
  private static final int SEARCHED = 16;

  private String[] names;
  private JsonValue[] values;
  private int size;
  private boolean ascending = true;
  private @Nullable Map<String, Integer> index;

  MemberTable(int expected) {
    names = new String[expected];
    values = new JsonValue[expected];
  }

  MemberTable copy(int more) {
    MemberTable copy = new MemberTable(size + more);
    System.arraycopy(names, 0, copy.names, 0, size);
    System.arraycopy(values, 0, copy.values, 0, size);
    copy.size = size;
    copy.ascending = ascending;
    copy.index = index == null ? null : new HashMap<>(index);
    return copy;
  }

  int size() {
    return size;
  }

  String name(int at) {
    return names[at];
  }

  JsonValue value(int at) {
    return values[at];
  }

  /** Whether insertion order is also the canonical order of the names. */
  boolean ascending() {
    return ascending;
  }

  /** Where the name stands, or -1. */
  int find(@Nullable Object name) {
    if (index != null) {
      Integer at = index.get(name);
      return at == null ? -1 : at;
    }
    if (size > SEARCHED) {
      // INVARIANT: a table of this size without an index is ascending
      return name instanceof String text
          ? Math.max(-1, Arrays.binarySearch(names, 0, size, text))
          : -1;
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Sets a member: in its place if the name is there, else at the end; answers whether it was. */
  boolean put(String name, JsonValue value) {
    Objects.requireNonNull(name);
    Objects.requireNonNull(value);
    // what comes after the last in order is new, and needs no search
    boolean follows = ascending && (size == 0 || names[size - 1].compareTo(name) < 0);
    int at = follows ? -1 : find(name);
    if (at >= 0) {
      values[at] = value;
      return true;
    }
    if (size == names.length) {
      grow();
    }
    names[size] = name;
    values[size] = value;
    ascending = follows;
    size++;
    if (index != null) {
      index.put(name, size - 1);
    } else if (size > SEARCHED && !ascending) {
      index();
    }
    return false;
  }

  private void grow() {
    int larger = Math.max(8, size * 2);
    names = Arrays.copyOf(names, larger);
    values = Arrays.copyOf(values, larger);
  }

  private void index() {
    Map<String, Integer> built = new HashMap<>();
    for (int i = 0; i < size; i++) {
      built.put(names[i], i);
    }
    index = built;
  }
}
