package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The steps bodies are made of. */
public final class Steps {
  private Steps() {}

  /** Holds when the operand is defined and not false. */
  public record Truth(Operand operand, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      Value value = operand.eval(frame);
      return value != null && value != BooleanValue.FALSE && next.run(frame);
    }
  }

  /** Holds when the operand is defined, be it false. */
  public record Defined(Operand operand, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      return operand.eval(frame) != null && next.run(frame);
    }
  }

  public record Assign(int slot, Operand operand, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      Value value = operand.eval(frame);
      if (value == null) {
        return false;
      }
      frame.set(slot, value);
      return next.run(frame);
    }
  }

  public record Equal(Operand left, Operand right, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      Value a = left.eval(frame);
      if (a == null) {
        return false;
      }
      Value b = right.eval(frame);
      return b != null && a.equals(b) && next.run(frame);
    }
  }

  public record Match(Operand operand, Pattern pattern, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      Value value = operand.eval(frame);
      return value != null && pattern.match(value, frame) && next.run(frame);
    }
  }

  public record Not(Step inner, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      return !inner.run(frame) && next.run(frame);
    }
  }

  /** Goes through a collection. */
  public record Iterate(Operand source, Pattern key, Pattern value, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      Value collection = source.eval(frame);
      return switch (collection) {
        case ArrayValue array -> items(array, frame);
        case SetValue set -> members(set, frame);
        case ObjectValue object -> entries(object, frame);
        case null, default -> false;
      };
    }

    private boolean items(ArrayValue array, Frame frame) {
      for (int i = 0; i < array.size(); i++) {
        if (visit(key == Pattern.ANY ? array.get(i) : NumberValue.of(i), array.get(i), frame)) {
          return true;
        }
      }
      return false;
    }

    private boolean members(SetValue set, Frame frame) {
      for (int i = 0; i < set.size(); i++) {
        Value member = set.get(i);
        if (visit(member, member, frame)) {
          return true;
        }
      }
      return false;
    }

    private boolean entries(ObjectValue object, Frame frame) {
      for (int i = 0; i < object.size(); i++) {
        if (visit(object.keyAt(i), object.valueAt(i), frame)) {
          return true;
        }
      }
      return false;
    }

    private boolean visit(Value k, Value v, Frame frame) {
      frame.context.execution().charge(1);
      return key.match(k, frame) && value.match(v, frame) && next.run(frame);
    }
  }

  /** Holds when the body holds for each element of the domain. */
  public record Every(Operand domain, Pattern key, Pattern value, Step body, Step next)
      implements Step {
    @Override
    public boolean run(Frame frame) {
      Value collection = domain.eval(frame);
      if (collection == null) {
        return false;
      }
      // The loop ends early with true when an element is found for which the body fails.
      Step counterexample = new Not(body, STOP);
      return switch (collection) {
        case ArrayValue _, SetValue _, ObjectValue _ ->
            !new Iterate(new Operand.Constant(collection), key, value, counterexample).run(frame)
                && next.run(frame);
        default -> false;
      };
    }
  }

  /** {@code print}: every combination of the values of its arguments, undefined ones included. */
  public record Print(Operand[] arguments, String location, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      print(frame, 0, "");
      return next.run(frame);
    }

    private void print(Frame frame, int index, String line) {
      if (index == arguments.length) {
        frame.context.execution().notes().print(line);
        return;
      }
      String front = index == 0 ? line : line + " ";
      @Nullable Value value = arguments[index].eval(frame);
      if (value instanceof SetValue set && !(arguments[index] instanceof Operand.Constant)) {
        if (set.isEmpty()) {
          print(frame, index + 1, front + "<undefined>");
        }
        for (Value each : set) {
          print(frame, index + 1, front + Texts.shown(each));
        }
      } else if (value != null) {
        print(frame, index + 1, front + Texts.shown(value));
      }
    }
  }
}
