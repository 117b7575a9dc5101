package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.RegoError;
import java.util.List;

/** What a check gives: something to compile, or errors in source order. */
public sealed interface CheckOutcome<T> {

  record Passed<T>(T checked) implements CheckOutcome<T> {}

  record Failed<T>(List<RegoError> errors) implements CheckOutcome<T> {
    public Failed {
      errors = List.copyOf(errors);
    }
  }
}
