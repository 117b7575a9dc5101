package dev.mcpguard.rego.value;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array. */
public final class ArrayValue implements Value, Iterable<Value> {
  private static final Value[] NONE = {};
  public static final ArrayValue EMPTY = new ArrayValue(NONE);

  private final Value[] elements;
  private int hash;

  private ArrayValue(Value[] elements) {
    this.elements = elements;
  }

  public static ArrayValue of(List<? extends Value> elements) {
    return ofOwned(elements.toArray(NONE));
  }

  public static ArrayValue of(Value... elements) {
    return ofOwned(elements.clone());
  }

  /** Takes the array without copying; the caller must never write to it again. */
  public static ArrayValue ofOwned(Value[] elements) {
    return elements.length == 0 ? EMPTY : new ArrayValue(elements);
  }

  public static Builder builder() {
    return new Builder(10);
  }

  public static Builder builder(int capacity) {
    return new Builder(capacity);
  }

  public int size() {
    return elements.length;
  }

  public boolean isEmpty() {
    return elements.length == 0;
  }

  public Value get(int index) {
    return elements[index];
  }

  /** The elements from {@code start} to before {@code end}. */
  public ArrayValue slice(int start, int end) {
    return ofOwned(Arrays.copyOfRange(elements, start, end));
  }

  /** A copy of the elements. */
  public Value[] toArray() {
    return elements.clone();
  }

  // INVARIANT: only read within this package.
  Value[] elements() {
    return elements;
  }

  @Override
  public Iterator<Value> iterator() {
    return new ValueIterator(elements);
  }

  @Override
  public String typeName() {
    return "array";
  }

  @Override
  public int rank() {
    return 4;
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(elements);
      hash = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof ArrayValue that
            && elements.length == that.elements.length
            && hashCode() == that.hashCode()
            && Arrays.equals(elements, that.elements);
  }

  @Override
  public String toString() {
    return TermWriter.write(this);
  }

  /** Collects elements; not thread-safe, and not to be used after {@link #build()}. */
  public static final class Builder {
    private Value[] elements;
    private int size;

    private Builder(int capacity) {
      elements = new Value[Math.max(capacity, 1)];
    }

    public Builder add(Value element) {
      if (size == elements.length) {
        elements = Arrays.copyOf(elements, size * 2);
      }
      elements[size++] = element;
      return this;
    }

    public int size() {
      return size;
    }

    public ArrayValue build() {
      return ofOwned(size == elements.length ? elements : Arrays.copyOf(elements, size));
    }
  }
}
