package dev.mcpguard.rego;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.RegoError;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What evaluating gives. A failure is never to be read as undefined. */
public sealed interface Outcome {

  /** The value of an entry point. */
  record Defined(Value value) implements Outcome {}

  /** No rule gave a value. */
  record Undefined() implements Outcome {}

  /**
   * The evaluation ended early.
   *
   * @param code OPA's code, such as {@code eval_conflict_error}, or {@code eval_budget_error}
   */
  record Failed(String code, String message, @Nullable Location location) implements Outcome {
    @Override
    public String toString() {
      return (location == null ? "" : location + ": ") + code + ": " + message;
    }
  }

  /** The rows of a query: values by variable. No rows means undefined. */
  record Rows(List<Map<String, Value>> rows) implements Outcome {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** The query cannot be compiled. */
  record Refused(List<RegoError> errors) implements Outcome {
    public Refused {
      errors = List.copyOf(errors);
    }
  }
}
