package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Variables of one rule while it runs. Which slots are bound at each step is known statically. */
public final class Frame {
  private static final Object[] NO_SINKS = {};
  private final @Nullable Value[] slots;
  private final @Nullable Object[] sinks;
  Context context;
  @Nullable Value result;

  Frame(FrameSize size, Context context) {
    this.slots = new @Nullable Value[size.slots()];
    this.sinks = size.sinks() == 0 ? NO_SINKS : new @Nullable Object[size.sinks()];
    this.context = context;
  }

  Value get(int slot) {
    Value value = slots[slot];
    if (value == null) {
      throw new IllegalStateException("slot " + slot + " is not bound");
    }
    return value;
  }

  @Nullable Value peek(int slot) {
    return slots[slot];
  }

  void set(int slot, Value value) {
    slots[slot] = value;
  }

  @Nullable Object sink(int index) {
    return sinks[index];
  }

  void sink(int index, @Nullable Object sink) {
    sinks[index] = sink;
  }
}
