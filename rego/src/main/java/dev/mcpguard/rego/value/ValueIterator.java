package dev.mcpguard.rego.value;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Iterates over an array that nobody writes to. */
final class ValueIterator implements Iterator<Value> {
  private final Value[] elements;
  private int next;

  ValueIterator(Value[] elements) {
    this.elements = elements;
  }

  @Override
  public boolean hasNext() {
    return next < elements.length;
  }

  @Override
  public Value next() {
    if (next >= elements.length) {
      throw new NoSuchElementException();
    }
    return elements[next++];
  }
}
