package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** A compiled rule with its else branches. Its body ends in a step that keeps the result. */
public record RuntimeRule(
    String name,
    FrameSize size,
    Step body,
    boolean constant,
    @Nullable RuntimeRule otherwise,
    Location location) {

  Frame start(Context context) {
    return new Frame(size, context);
  }

  /** Runs a rule that gives one value, and its else branches until one does. */
  @Nullable Value single(Context context, Value[] arguments) {
    for (RuntimeRule at = this; at != null; at = at.otherwise) {
      Frame frame = at.start(context);
      for (int i = 0; i < arguments.length; i++) {
        frame.set(i, arguments[i]);
      }
      at.run(frame);
      if (frame.result != null) {
        return frame.result;
      }
    }
    return null;
  }

  void run(Frame frame) {
    Execution execution = frame.context.execution();
    try {
      Tracer tracer = execution.tracer();
      if (tracer == null) {
        body.run(frame);
        return;
      }
      tracer.enterRule(name, location);
      body.run(frame);
      tracer.leaveRule(name, location, frame.result);
    } catch (EvaluationFailure | StackOverflowError ended) {
      execution.ended(location);
      throw ended;
    }
  }
}
