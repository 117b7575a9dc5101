package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the tracer of a literal; only instrumented programs contain it. */
public record TraceStep(
    Location location, boolean held, Map<String, Integer> variables, Step next) implements Step {
  @Override
  public boolean run(Frame frame) {
    Tracer tracer = frame.context.execution().tracer();
    if (tracer != null) {
      Map<String, Value> bound = new LinkedHashMap<>();
      variables.forEach((name, slot) -> {
        Value value = frame.peek(slot);
        if (value != null) {
          bound.put(name, value);
        }
      });
      if (held) {
        tracer.holdLiteral(location, bound);
      } else {
        tracer.tryLiteral(location, bound);
      }
    }
    return next.run(frame);
  }
}
