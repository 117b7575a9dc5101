package dev.mcpguard.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names and values in insertion order, names unique. Nearly every object of a message has a dozen
 * members or fewer, where comparing names one by one beats hashing them; a larger one gets an index
 * of the JDK's own map, which bears names chosen to collide (threat C7). Not thread-safe.
 */
final class MemberTable {
  private static final int SEARCHED = 16;

  private String[] names;
  private JsonValue[] values;
  private int size;
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

  /** Where the name stands, or -1. */
  int find(@Nullable Object name) {
    if (index != null) {
      Integer at = index.get(name);
      return at == null ? -1 : at;
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
    Objects.requireNonNull(value);
    int at = find(Objects.requireNonNull(name));
    if (at >= 0) {
      values[at] = value;
      return true;
    }
    if (size == names.length) {
      grow();
    }
    names[size] = name;
    values[size] = value;
    if (index != null) {
      index.put(name, size);
    } else if (size == SEARCHED) {
      index();
    }
    size++;
    return false;
  }

  private void grow() {
    int larger = Math.max(8, size * 2);
    names = Arrays.copyOf(names, larger);
    values = Arrays.copyOf(values, larger);
  }

  private void index() {
    Map<String, Integer> built = new HashMap<>();
    for (int i = 0; i <= size; i++) {
      built.put(names[i], i);
    }
    index = built;
  }
}
