package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;

/** Takes a value apart and binds variables. */
public interface Pattern {
  Pattern ANY = (value, frame) -> true;

  boolean match(Value value, Frame frame);

  /** Binds a variable that is not bound yet. */
  record Bind(int slot) implements Pattern {
    @Override
    public boolean match(Value value, Frame frame) {
      frame.set(slot, value);
      return true;
    }
  }

  /** Equality with a term that is known. */
  record Check(Operand operand) implements Pattern {
    @Override
    public boolean match(Value value, Frame frame) {
      return value.equals(operand.eval(frame));
    }
  }

  record Items(Pattern[] items) implements Pattern {
    @Override
    public boolean match(Value value, Frame frame) {
      if (!(value instanceof ArrayValue array) || array.size() != items.length) {
        return false;
      }
      for (int i = 0; i < items.length; i++) {
        if (!items[i].match(array.get(i), frame)) {
          return false;
        }
      }
      return true;
    }
  }

  record Fields(Operand[] keys, Pattern[] values) implements Pattern {
    @Override
    public boolean match(Value value, Frame frame) {
      if (!(value instanceof ObjectValue object) || object.size() != keys.length) {
        return false;
      }
      for (int i = 0; i < keys.length; i++) {
        Value key = keys[i].eval(frame);
        Value field = key == null ? null : object.get(key);
        if (field == null || !values[i].match(field, frame)) {
          return false;
        }
      }
      return true;
    }
  }
}
