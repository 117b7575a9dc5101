package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import java.util.Objects;

/** The last steps of rule bodies. */
public final class Yields {
  private Yields() {}

  /** Keeps the value of a complete rule or function; two different ones are a conflict. */
  public record Single(Operand value, boolean constant, boolean function, Location location)
      implements Step {
    @Override
    public boolean run(Frame frame) {
      Value found = value.eval(frame);
      if (found == null) {
        return false;
      }
      Value known = frame.result;
      if (known == null) {
        frame.result = found;
        return constant;
      }
      if (!known.equals(found)) {
        throw function
            ? EvaluationFailure.functionConflict(location)
            : EvaluationFailure.completeConflict(location);
      }
      return false;
    }
  }

  /** Adds a member to the set being collected in sink 0. */
  public record Member(Operand head) implements Step {
    @Override
    public boolean run(Frame frame) {
      Value value = head.eval(frame);
      if (value != null) {
        frame.context.execution().element();
        ((SetValue.Builder) Objects.requireNonNull(frame.sink(0))).add(value);
        frame.result = value;
      }
      return false;
    }
  }

  /** Notes that a member was found and stops. */
  public record Found() implements Step {
    @Override
    public boolean run(Frame frame) {
      frame.result = BooleanValue.TRUE;
      return true;
    }
  }

  /** Adds a value at the path of a rule head to the document being collected in sink 0. */
  public record Entry(Operand[] path, Operand leaf, boolean member, Location location)
      implements Step {
    @Override
    public boolean run(Frame frame) {
      Value[] keys = new Value[path.length];
      for (int i = 0; i < keys.length; i++) {
        Value key = path[i].eval(frame);
        if (key == null) {
          return false;
        }
        keys[i] = key;
      }
      Value value = leaf.eval(frame);
      if (value == null) {
        return false;
      }
      frame.context.execution().element();
      ((DocumentBuilder) Objects.requireNonNull(frame.sink(0))).put(keys, value, member, location);
      frame.result = value;
      return false;
    }
  }
}
