package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operands that build collections and strings. */
public final class Collections {
  private Collections() {}

  public record Items(Operand[] items) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      Value[] values = new Value[items.length];
      for (int i = 0; i < items.length; i++) {
        Value value = items[i].eval(frame);
        if (value == null) {
          return null;
        }
        values[i] = value;
      }
      return ArrayValue.ofOwned(values);
    }
  }

  public record Members(Operand[] members) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      SetValue.Builder set = SetValue.builder(members.length);
      for (Operand member : members) {
        Value value = member.eval(frame);
        if (value == null) {
          return null;
        }
        set.add(value);
      }
      return set.build();
    }
  }

  public record Fields(Operand[] keys, Operand[] values, Location location) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      ObjectValue.Builder object = ObjectValue.builder(keys.length);
      for (int i = 0; i < keys.length; i++) {
        Value key = keys[i].eval(frame);
        Value value = key == null ? null : values[i].eval(frame);
        if (key == null || value == null) {
          return null;
        }
        object.put(key, value);
      }
      return object.build();
    }
  }

  /** {@code $"..."}: parts are constants or sets of at most one value. */
  public record Template(Operand[] parts, Location location) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      StringBuilder text = new StringBuilder();
      for (Operand part : parts) {
        Value value = part.eval(frame);
        if (part instanceof Operand.Constant && value != null) {
          text.append(Texts.shown(value));
        } else if (value instanceof SetValue set) {
          if (set.size() > 1) {
            throw new EvaluationFailure(
                EvaluationFailure.CONFLICT,
                "template-strings must not produce multiple outputs",
                location);
          }
          String shown = set.isEmpty() ? "<undefined>" : Texts.shown(set.get(0));
          frame.context.execution().text(text.length() + shown.length());
          text.append(shown);
        }
      }
      return StringValue.of(text.toString());
    }
  }

  /** {@code [head | body]}; the body ends in {@link Collect}. */
  public record ArrayOf(int sink, Step body) implements Operand {
    @Override
    public Value eval(Frame frame) {
      ArrayValue.Builder items = ArrayValue.builder();
      frame.sink(sink, items);
      body.run(frame);
      return items.build();
    }

    public record Collect(int sink, Operand head) implements Step {
      @Override
      public boolean run(Frame frame) {
        Value value = head.eval(frame);
        if (value != null) {
          frame.context.execution().element();
          ((ArrayValue.Builder) Objects.requireNonNull(frame.sink(sink))).add(value);
        }
        return false;
      }
    }
  }

  /** {@code {head | body}}. */
  public record SetOf(int sink, Step body) implements Operand {
    @Override
    public Value eval(Frame frame) {
      SetValue.Builder members = SetValue.builder(8);
      frame.sink(sink, members);
      body.run(frame);
      return members.build();
    }
  }

  /** Adds to the set of a comprehension or of a rule. */
  public record CollectMember(int sink, Operand head) implements Step {
    @Override
    public boolean run(Frame frame) {
      Value value = head.eval(frame);
      if (value != null) {
        frame.context.execution().element();
        ((SetValue.Builder) Objects.requireNonNull(frame.sink(sink))).add(value);
      }
      return false;
    }
  }

  /** {@code {key: value | body}}. */
  public record ObjectOf(int sink, Step body) implements Operand {
    @Override
    public Value eval(Frame frame) {
      ObjectValue.Builder fields = ObjectValue.builder();
      frame.sink(sink, fields);
      body.run(frame);
      return fields.build();
    }
  }

  public record CollectField(int sink, Operand key, Operand value, Location location)
      implements Step {
    @Override
    public boolean run(Frame frame) {
      Value k = key.eval(frame);
      Value v = k == null ? null : value.eval(frame);
      if (k == null || v == null) {
        return false;
      }
      ObjectValue.Builder fields =
          (ObjectValue.Builder) Objects.requireNonNull(frame.sink(sink));
      Value known = fields.get(k);
      if (known != null && !known.equals(v)) {
        throw EvaluationFailure.keyConflict(location);
      }
      frame.context.execution().element();
      fields.put(k, v);
      return false;
    }
  }
}
