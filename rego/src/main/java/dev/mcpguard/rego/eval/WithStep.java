package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import java.util.List;

/** Runs steps with documents or functions replaced, and what follows them without. */
public final class WithStep implements Step {

  /** One replacement. */
  public sealed interface Change {
    record OfInput(Value[] path, Operand value) implements Change {}

    record OfData(Value[] path, Operand value) implements Change {}

    record OfFunction(String function, Operand value) implements Change {}

    record ByFunction(String function, Replacement replacement) implements Change {}
  }

  private final List<Change> changes;
  private final int sink;
  private final Step inner;

  /** {@code inner} must end in a {@link Leave} of the same sink. */
  public WithStep(List<Change> changes, int sink, Step inner) {
    this.changes = List.copyOf(changes);
    this.sink = sink;
    this.inner = inner;
  }

  /** Goes back to the documents outside. */
  public record Leave(int sink, Step next) implements Step {
    @Override
    public boolean run(Frame frame) {
      Context inside = frame.context;
      frame.context = (Context) java.util.Objects.requireNonNull(frame.sink(sink));
      boolean done = next.run(frame);
      frame.context = inside;
      return done;
    }
  }

  @Override
  public boolean run(Frame frame) {
    Context outside = frame.context;
    Context inside = outside;
    for (Change change : changes) {
      Context changed = apply(change, inside, frame);
      if (changed == null) {
        return false;
      }
      inside = changed;
    }
    frame.sink(sink, outside);
    frame.context = inside;
    boolean done = inner.run(frame);
    frame.context = outside;
    return done;
  }

  private static @org.jspecify.annotations.Nullable Context apply(
      Change change, Context inside, Frame frame) {
    return switch (change) {
      case Change.OfInput c -> {
        Value value = c.value().eval(frame);
        yield value == null ? null : inside.withInput(c.path(), value);
      }
      case Change.OfData c -> {
        Value value = c.value().eval(frame);
        yield value == null ? null : inside.withData(c.path(), value);
      }
      case Change.OfFunction c -> {
        Value value = c.value().eval(frame);
        yield value == null
            ? null
            : inside.withMock(c.function(), new Replacement.ByValue(value));
      }
      case Change.ByFunction c -> inside.withMock(c.function(), c.replacement());
    };
  }
}
