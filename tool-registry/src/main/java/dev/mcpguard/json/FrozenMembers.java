package dev.mcpguard.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object in insertion order, unmodifiable. A type of its own so that parser and
 * builder can hand over the table they built without a second copy.
 */
final class FrozenMembers extends AbstractMap<String, JsonValue> {
  static final FrozenMembers EMPTY = new FrozenMembers(new MemberTable(0));

  // INVARIANT: never written after construction, and nobody who writes holds a reference to it.
  private final MemberTable table;
  // written once by whoever asks first; every writer would write the same bytes
  private volatile byte @Nullable [] canonical;

  /** Takes the table over: the caller must drop its own reference. */
  FrozenMembers(MemberTable owned) {
    table = owned;
  }

  static FrozenMembers of(Map<String, JsonValue> members) {
    if (members instanceof FrozenMembers frozen) {
      return frozen;
    }
    MemberTable copy = new MemberTable(members.size());
    members.forEach(copy::put);
    return new FrozenMembers(copy);
  }

  /** For reading only. */
  MemberTable table() {
    return table;
  }

  /** The canonical bytes if they are kept, else null; for reading only. */
  byte @Nullable [] canonical() {
    return canonical;
  }

  void keepCanonical(byte[] bytes) {
    canonical = bytes;
  }

  FrozenMembers with(String name, JsonValue value) {
    MemberTable changed = table.copy(1);
    changed.put(name, value);
    return new FrozenMembers(changed);
  }

  FrozenMembers without(String... names) {
    MemberTable kept = new MemberTable(table.size());
    for (int i = 0; i < table.size(); i++) {
      if (!named(table.name(i), names)) {
        kept.put(table.name(i), table.value(i));
      }
    }
    return kept.size() == table.size() ? this : new FrozenMembers(kept);
  }

  private static boolean named(String name, String... names) {
    for (String each : names) {
      if (each.equals(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable JsonValue get(@Nullable Object name) {
    int at = table.find(name);
    return at < 0 ? null : table.value(at);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return table.find(name) >= 0;
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super JsonValue> action) {
    for (int i = 0; i < table.size(); i++) {
      action.accept(table.name(i), table.value(i));
    }
  }

  @Override
  public Set<Map.Entry<String, JsonValue>> entrySet() {
    return new Entries(table);
  }

  private static final class Entries extends AbstractSet<Map.Entry<String, JsonValue>> {
    private final MemberTable table;

    Entries(MemberTable table) {
      this.table = table;
    }

    @Override
    public int size() {
      return table.size();
    }

    @Override
    public Iterator<Map.Entry<String, JsonValue>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < table.size();
        }

        @Override
        public Map.Entry<String, JsonValue> next() {
          if (next >= table.size()) {
            throw new NoSuchElementException();
          }
          return Map.entry(table.name(next), table.value(next++));
        }
      };
    }
  }
}
