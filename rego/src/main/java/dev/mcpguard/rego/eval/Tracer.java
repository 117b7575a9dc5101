package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Is told what an instrumented program does. Called on the evaluating thread. */
public interface Tracer {
  /** A rule or one of its else branches is tried. */
  void enterRule(String name, Location location);

  /** The rule ended; the value is null when it gave none. */
  void leaveRule(String name, Location location, @Nullable Value value);

  /** A literal is about to be evaluated with these variables bound. */
  void tryLiteral(Location location, Map<String, Value> bound);

  /** A literal held once, with these variables bound after it. */
  void holdLiteral(Location location, Map<String, Value> bound);
}
