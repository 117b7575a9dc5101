package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.policy.Documents;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.rego.CompiledPolicy;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.Outcome;
import dev.mcpguard.rego.explain.Explanation;
import dev.mcpguard.rego.syntax.RegoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One compiled policy folder, to be asked and explained. Immutable, thread-safe. */
public final class Workbench {
  private static final String SINGLE = "value";

  private final CompiledPolicy policy;

  private Workbench(CompiledPolicy policy) {
    this.policy = policy;
  }

  /** Compiles the files. */
  public static Workbench open(PolicyFiles files, PolicyCompiler compiler)
      throws ConfigException, RefusedPolicyException {
    return new Workbench(compiler.compile(files));
  }

  /** The engine's form, for the other tools of this package. */
  CompiledPolicy policy() {
    return policy;
  }

  /** Answers a question: the value of one expression, or the bindings of a longer query. */
  public QueryAnswer ask(Question question) {
    Evaluation evaluation = question.evaluation();
    Outcome outcome = policy.query(SINGLE + " := " + question.query(), evaluation);
    if (outcome instanceof Outcome.Rows(List<Map<String, dev.mcpguard.rego.value.Value>> rows)) {
      return single(rows);
    }
    return outcome instanceof Outcome.Refused
        ? answer(policy.query(question.query(), evaluation))
        : answer(outcome);
  }

  private static QueryAnswer single(List<Map<String, dev.mcpguard.rego.value.Value>> rows) {
    if (rows.isEmpty()) {
      return new QueryAnswer.Undefined();
    }
    boolean plain = rows.size() == 1 && rows.getFirst().size() == 1;
    dev.mcpguard.rego.value.Value value = rows.getFirst().get(SINGLE);
    return plain && value != null
        ? new QueryAnswer.Value(Documents.toJson(value))
        : new QueryAnswer.Rows(json(rows));
  }

  private static List<JsonObject> json(List<Map<String, dev.mcpguard.rego.value.Value>> rows) {
    List<JsonObject> shown = new ArrayList<>();
    for (Map<String, dev.mcpguard.rego.value.Value> row : rows) {
      JsonObject.Builder bindings = JsonObject.builder();
      row.forEach((name, value) -> bindings.put(name, Documents.toJson(value)));
      shown.add(bindings.build());
    }
    return shown;
  }

  private static QueryAnswer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Defined(var value) -> new QueryAnswer.Value(Documents.toJson(value));
      case Outcome.Undefined undefined -> new QueryAnswer.Undefined();
      case Outcome.Failed failed -> new QueryAnswer.Failed(failed.toString());
      case Outcome.Rows(var rows) ->
          rows.isEmpty() ? new QueryAnswer.Undefined() : new QueryAnswer.Rows(json(rows));
      case Outcome.Refused(List<RegoError> errors) ->
          new QueryAnswer.Refused(
              errors.stream().map(RegoError::render).collect(Collectors.joining("\n")));
    };
  }

  /**
   * What a document is and how it came about.
   *
   * @param tree rules and their expressions, one a line, indented by depth
   */
  public record Explained(QueryAnswer answer, String tree) {}

  /**
   * Evaluates one document and records each rule entered and each expression tried.
   *
   * @param question whose query is a path such as {@code data.mcpguard.authz.decision}
   * @throws IllegalArgumentException if the query is no such path
   */
  public Explained explain(Question question) {
    Explanation explanation = new Explanation();
    Outcome outcome =
        policy
            .entryPoint(question.query())
            .evaluate(question.evaluation().withTracer(explanation));
    return new Explained(answer(outcome), explanation.render());
  }
}
