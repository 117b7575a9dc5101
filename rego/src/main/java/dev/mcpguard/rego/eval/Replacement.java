package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.builtins.Builtin;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** What {@code with f as ...} puts in the place of a function. */
public sealed interface Replacement {

  /** Calls the replacement; inside it, the name means the original again. */
  @Nullable Value call(String name, Value[] arguments, Context context, Location location);

  record ByValue(Value value) implements Replacement {
    @Override
    public Value call(String name, Value[] arguments, Context context, Location location) {
      return value;
    }
  }

  record ByRule(RuntimeGroup group) implements Replacement {
    @Override
    public @Nullable Value call(
        String name, Value[] arguments, Context context, Location location) {
      return group.call(arguments, context.withoutMock(name));
    }
  }

  record ByBuiltin(Builtin builtin) implements Replacement {
    @Override
    public @Nullable Value call(
        String name, Value[] arguments, Context context, Location location) {
      return Calls.invoke(builtin, arguments, context, location);
    }
  }
}
