package dev.mcpguard.rego.value;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An object: values by key. Lookup is by hash; positions are in the order of the keys. */
public final class ObjectValue implements Value {
  public static final ObjectValue EMPTY = new Builder(1).build();

  private final KeyTable table;
  private final Value[] values;
  private int hash;
  // Made on demand; its fields are final, so a racing reader sees a complete one or none.
  private @Nullable Entries entries;

  private ObjectValue(KeyTable table, Value[] values) {
    this.table = table;
    this.values = values;
  }

  public static ObjectValue of(Map<? extends Value, ? extends Value> map) {
    Builder builder = new Builder(map.size());
    map.forEach(builder::put);
    return builder.build();
  }

  public static ObjectValue ofStrings(Map<String, ? extends Value> map) {
    Builder builder = new Builder(map.size());
    map.forEach((key, value) -> builder.put(StringValue.of(key), value));
    return builder.build();
  }

  public static ObjectValue of(String key, Value value) {
    return new Builder(1).put(key, value).build();
  }

  public static Builder builder() {
    return new Builder(8);
  }

  public static Builder builder(int capacity) {
    return new Builder(capacity);
  }

  /** A builder that holds everything of this object. */
  public Builder toBuilder() {
    Builder builder = new Builder(size() + 1);
    for (int i = 0; i < values.length; i++) {
      builder.put(table.key(i), values[i]);
    }
    return builder;
  }

  public int size() {
    return values.length;
  }

  public boolean isEmpty() {
    return values.length == 0;
  }

  public @Nullable Value get(Value key) {
    int index = table.find(key);
    return index < 0 ? null : values[index];
  }

  public @Nullable Value get(String key) {
    int index = table.find(key);
    return index < 0 ? null : values[index];
  }

  public boolean containsKey(Value key) {
    return table.find(key) >= 0;
  }

  /** The key at a position of the sorted order. */
  public Value keyAt(int index) {
    return entries().keys[index];
  }

  /** The value at a position of the sorted order of the keys. */
  public Value valueAt(int index) {
    return entries().values[index];
  }

  /** Visits the entries in the order of their keys. */
  public void forEach(BiConsumer<? super Value, ? super Value> action) {
    Entries sorted = entries();
    for (int i = 0; i < sorted.keys.length; i++) {
      action.accept(sorted.keys[i], sorted.values[i]);
    }
  }

  /** The keys as a set. */
  public SetValue keys() {
    return SetValue.ofSortedDistinct(entries().keys);
  }

  private Entries entries() {
    Entries known = entries;
    if (known == null) {
      known = sort();
      entries = known;
    }
    return known;
  }

  private Entries sort() {
    Value[] keys = table.copyKeys();
    if (isSorted(keys)) {
      return new Entries(keys, values);
    }
    Arrays.sort(keys);
    Value[] ordered = new Value[keys.length];
    for (int i = 0; i < keys.length; i++) {
      ordered[i] = values[table.find(keys[i])];
    }
    return new Entries(keys, ordered);
  }

  static boolean isSorted(Value[] keys) {
    for (int i = 1; i < keys.length; i++) {
      if (keys[i - 1].compareTo(keys[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String typeName() {
    return "object";
  }

  @Override
  public int rank() {
    return 5;
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = values.length + 17;
      for (int i = 0; i < values.length; i++) {
        known += KeyTable.spread(table.key(i).hashCode() * 31 + values[i].hashCode());
      }
      hash = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof ObjectValue that
            && values.length == that.values.length
            && hashCode() == that.hashCode()
            && sameEntries(that);
  }

  private boolean sameEntries(ObjectValue that) {
    for (int i = 0; i < values.length; i++) {
      Value theirs = that.get(table.key(i));
      if (theirs == null || !values[i].equals(theirs)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return TermWriter.write(this);
  }

  private static final class Entries {
    private final Value[] keys;
    private final Value[] values;

    private Entries(Value[] keys, Value[] values) {
      this.keys = keys;
      this.values = values;
    }
  }

  /** Collects entries, the last of a key wins; not thread-safe, not to be used after build. */
  public static final class Builder {
    private final KeyTable table;
    private Value[] values;

    private Builder(int capacity) {
      table = new KeyTable(capacity);
      values = new Value[Math.max(capacity, 1)];
    }

    public Builder put(String key, Value value) {
      return put(StringValue.name(key), value);
    }

    public Builder put(Value key, Value value) {
      int known = table.add(key);
      if (known >= 0) {
        values[known] = value;
        return this;
      }
      int index = table.size() - 1;
      if (index >= values.length) {
        values = Arrays.copyOf(values, values.length * 2);
      }
      values[index] = value;
      return this;
    }

    public @Nullable Value get(Value key) {
      int index = table.find(key);
      return index < 0 ? null : values[index];
    }

    public int size() {
      return table.size();
    }

    public ObjectValue build() {
      int size = table.size();
      return new ObjectValue(table, values.length == size ? values : Arrays.copyOf(values, size));
    }
  }
}
