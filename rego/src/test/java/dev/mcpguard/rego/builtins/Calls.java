package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Calls builtins as an evaluation would. */
final class Calls {
  static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789012345Z");
  static final long BUDGET = 5_000_000;

  private Calls() {}

  /** Thrown when the budget of a test is used up. */
  static final class BudgetExceeded extends RuntimeException {}

  static BuiltinContext context(long steps) {
    long[] left = {steps};
    return new BuiltinContext(
        NOW,
        42,
        charged -> {
          if (charged < 0) {
            throw new AssertionError("negative charge " + charged);
          }
          left[0] -= Math.min(charged, Long.MAX_VALUE / 4);
          if (left[0] < 0) {
            throw new BudgetExceeded();
          }
        },
        new RecordingNotes());
  }

  static Builtin find(String name) {
    Builtin builtin = Builtins.standard().find(name);
    if (builtin == null) {
      throw new AssertionError("no builtin `" + name + "`");
    }
    return builtin;
  }

  static @Nullable Value call(String name, Value... operands) {
    return find(name).function().call(context(BUDGET), operands);
  }

  /** Calls with operands in JSON; gives JSON, or {@code undefined}, or the error. */
  static String json(String name, String... operands) {
    Value[] values = new Value[operands.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = TaggedJson.read(Values.parseJson(operands[i]));
    }
    try {
      Value result = call(name, values);
      return result == null ? "undefined" : Values.toJson(result);
    } catch (BuiltinError e) {
      return e.code() + ": " + e.text();
    }
  }
}
