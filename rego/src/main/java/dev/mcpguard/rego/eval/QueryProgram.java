package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A compiled query. Immutable and shared. */
public record QueryProgram(Step entry, FrameSize size, List<String> names) {

  public QueryProgram {
    names = List.copyOf(names);
  }

  /** Every way in which the query holds, as values of its variables. */
  public List<Map<String, Value>> rows(Context context) {
    Frame frame = new Frame(size, context);
    List<Value[]> found = new ArrayList<>();
    frame.sink(0, found);
    entry.run(frame);
    List<Map<String, Value>> rows = new ArrayList<>(found.size());
    for (Value[] values : found) {
      Map<String, Value> row = new LinkedHashMap<>();
      for (int i = 0; i < values.length; i++) {
        row.put(names.get(i), values[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** The one value of a reference, or null for undefined. */
  public @Nullable Value value(Context context) {
    Frame frame = new Frame(size, context);
    entry.run(frame);
    return frame.result;
  }

  /** Keeps the values of some slots. */
  public record Row(int[] slots) implements Step {
    @Override
    @SuppressWarnings("unchecked")
    public boolean run(Frame frame) {
      Value[] values = new Value[slots.length];
      for (int i = 0; i < slots.length; i++) {
        values[i] = frame.get(slots[i]);
      }
      frame.context.execution().element();
      ((List<Value[]>) Objects.requireNonNull(frame.sink(0))).add(values);
      return false;
    }
  }

  /** Keeps one value. */
  public record Answer(Operand operand) implements Step {
    @Override
    public boolean run(Frame frame) {
      frame.result = operand.eval(frame);
      return true;
    }
  }
}
