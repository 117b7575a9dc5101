package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.JsonValue;
import dev.mcpguard.policy.Documents;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.builtins.BuiltinContext.Notes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query and what it is asked with.
 *
 * @param query a query in Rego
 * @param input the input document, or null for none
 * @param moment clock and seed
 * @param strictErrors whether errors of builtins end the evaluation
 * @param printed is given each line the policy prints
 */
public record Question(
    String query,
    @Nullable JsonValue input,
    Moment moment,
    boolean strictErrors,
    Consumer<String> printed) {

  Evaluation evaluation() {
    return Evaluation.of(
            input == null ? null : Documents.toValue(input), moment.now(), moment.seed())
        .withStrictBuiltins(strictErrors)
        .withNotes(
            new Notes() {
              @Override
              public void print(String message) {
                printed.accept(message);
              }

              @Override
              public void trace(String note) {
                printed.accept(note);
              }
            });
  }
}
