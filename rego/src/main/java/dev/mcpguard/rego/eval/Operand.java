package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A term with at most one value once its variables are bound. */
public interface Operand {
  /** The value, or null for undefined. */
  @Nullable Value eval(Frame frame);

  /** A value known without evaluation. */
  record Constant(Value value) implements Operand {
    @Override
    public Value eval(Frame frame) {
      return value;
    }
  }

  /** A bound variable. */
  record Slot(int slot) implements Operand {
    @Override
    public Value eval(Frame frame) {
      return frame.get(slot);
    }
  }
}
