package dev.mcpguard.rego.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A set. Membership is by hash; positions and iteration follow the total order. */
public final class SetValue implements Value, Iterable<Value> {
  public static final SetValue EMPTY = new Builder(1).build();

  private final KeyTable table;
  private int hash;
  // Made on demand and never written afterwards; a racing reader must see the elements, so volatile.
  private volatile Value @Nullable [] sorted;

  private SetValue(KeyTable table, Value @Nullable [] sorted) {
    this.table = table;
    this.sorted = sorted;
  }

  public static SetValue of(Value... elements) {
    Builder builder = new Builder(elements.length);
    for (Value element : elements) {
      builder.add(element);
    }
    return builder.build();
  }

  public static SetValue of(Collection<? extends Value> elements) {
    Builder builder = new Builder(elements.size());
    elements.forEach(builder::add);
    return builder.build();
  }

  static SetValue ofSortedDistinct(Value[] elements) {
    Builder builder = new Builder(elements.length);
    for (Value element : elements) {
      builder.add(element);
    }
    return new SetValue(builder.table, elements);
  }

  public static Builder builder() {
    return new Builder(8);
  }

  public static Builder builder(int capacity) {
    return new Builder(capacity);
  }

  public int size() {
    return table.size();
  }

  public boolean isEmpty() {
    return table.size() == 0;
  }

  public boolean contains(Value element) {
    return table.find(element) >= 0;
  }

  /** The element at a position of the sorted order. */
  public Value get(int index) {
    return sorted()[index];
  }

  public SetValue union(SetValue other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    return new Builder(size() + other.size()).addAll(this).addAll(other).build();
  }

  public SetValue intersect(SetValue other) {
    SetValue fewer = size() <= other.size() ? this : other;
    SetValue more = fewer == this ? other : this;
    Builder builder = new Builder(fewer.size());
    for (int i = 0; i < fewer.size(); i++) {
      Value element = fewer.table.key(i);
      if (more.contains(element)) {
        builder.add(element);
      }
    }
    return builder.build();
  }

  public SetValue minus(SetValue other) {
    Builder builder = new Builder(size());
    for (int i = 0; i < size(); i++) {
      Value element = table.key(i);
      if (!other.contains(element)) {
        builder.add(element);
      }
    }
    return builder.build();
  }

  /** The elements in order, as an array value. */
  public ArrayValue toSortedArray() {
    return ArrayValue.ofOwned(sorted());
  }

  // INVARIANT: only read within this package.
  Value[] sorted() {
    Value[] known = sorted;
    if (known == null) {
      known = table.copyKeys();
      if (!ObjectValue.isSorted(known)) {
        Arrays.sort(known);
      }
      sorted = known;
    }
    return known;
  }

  @Override
  public Iterator<Value> iterator() {
    return new ValueIterator(sorted());
  }

  @Override
  public String typeName() {
    return "set";
  }

  @Override
  public int rank() {
    return 6;
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = table.size() + 37;
      for (int i = 0; i < table.size(); i++) {
        known += KeyTable.spread(table.key(i).hashCode());
      }
      hash = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof SetValue that
            && size() == that.size()
            && hashCode() == that.hashCode()
            && containsAll(that);
  }

  private boolean containsAll(SetValue that) {
    for (int i = 0; i < that.size(); i++) {
      if (!contains(that.table.key(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return TermWriter.write(this);
  }

  /** Collects elements; not thread-safe, and not to be used after {@link #build()}. */
  public static final class Builder {
    private final KeyTable table;

    private Builder(int capacity) {
      table = new KeyTable(capacity);
    }

    /** Adds an element; false if it was there. */
    public boolean addIfAbsent(Value element) {
      return table.add(element) < 0;
    }

    public Builder add(Value element) {
      table.add(element);
      return this;
    }

    public Builder addAll(SetValue set) {
      for (int i = 0; i < set.size(); i++) {
        table.add(set.table.key(i));
      }
      return this;
    }

    public int size() {
      return table.size();
    }

    public SetValue build() {
      return new SetValue(table, null);
    }
  }
}
