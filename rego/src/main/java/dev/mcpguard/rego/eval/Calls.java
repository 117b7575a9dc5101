package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.builtins.Builtin;
import dev.mcpguard.rego.builtins.BuiltinError;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Operands that call builtins and functions. */
public final class Calls {
  private Calls() {}

  private static Value @Nullable [] arguments(Operand[] operands, Frame frame) {
    Value[] values = new Value[operands.length];
    for (int i = 0; i < operands.length; i++) {
      Value value = operands[i].eval(frame);
      if (value == null) {
        return null;
      }
      values[i] = value;
    }
    return values;
  }

  static @Nullable Value invoke(
      Builtin builtin, Value[] arguments, Context context, Location location) {
    Execution execution = context.execution();
    try {
      execution.charge(1);
      Value value = builtin.function().call(execution.builtins(), arguments);
      if (value instanceof StringValue text) {
        execution.text(text.text().length());
      }
      return value;
    } catch (BuiltinError error) {
      if (execution.strictBuiltins()) {
        throw new EvaluationFailure(
            error.code(), builtin.name() + ": " + error.text(), location);
      }
      return null;
    } catch (EvaluationFailure | StackOverflowError ended) {
      execution.ended(location);
      throw ended;
    }
  }

  public record OfBuiltin(Builtin builtin, Operand[] operands, Location location)
      implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      Value[] values = arguments(operands, frame);
      if (values == null) {
        return null;
      }
      Context context = frame.context;
      Replacement mock = context.mock(builtin.name());
      return mock == null
          ? invoke(builtin, values, context, location)
          : mock.call(builtin.name(), values, context, location);
    }
  }

  public record OfRule(RuntimeGroup group, Operand[] operands, Location location)
      implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      Value[] values = arguments(operands, frame);
      if (values == null) {
        return null;
      }
      Context context = frame.context;
      Replacement mock = context.mock(group.name());
      return mock == null
          ? group.call(values, context)
          : mock.call(group.name(), values, context, location);
    }
  }

  /** A comparison by the total order. */
  public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(Value a, Value b) {
      return switch (this) {
        case EQUAL -> a.equals(b);
        case NOT_EQUAL -> !a.equals(b);
        case LESS -> a.compareTo(b) < 0;
        case LESS_OR_EQUAL -> a.compareTo(b) <= 0;
        case GREATER -> a.compareTo(b) > 0;
        case GREATER_OR_EQUAL -> a.compareTo(b) >= 0;
      };
    }
  }

  public record Compare(Comparison comparison, Builtin builtin, Operand left, Operand right,
      Location location) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      Value a = left.eval(frame);
      Value b = a == null ? null : right.eval(frame);
      if (a == null || b == null) {
        return null;
      }
      Replacement mock = frame.context.mock(builtin.name());
      return mock == null
          ? BooleanValue.of(comparison.holds(a, b))
          : mock.call(builtin.name(), new Value[] {a, b}, frame.context, location);
    }
  }
}
