package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Term;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a query against modules. */
public final class QueryChecker {
  private QueryChecker() {}

  /**
   * A query in a safe order.
   *
   * @param variables the author's variables by their names in the body
   */
  public record CheckedQuery(Body body, Map<String, String> variables) {
    public CheckedQuery {
      variables = new LinkedHashMap<>(variables);
    }
  }

  public static CheckOutcome<CheckedQuery> check(Body query, CheckedModules modules) {
    Errors errors = new Errors();
    ModuleNames names = new ModuleNames(List.of(), Set.of(), List.of());
    BodyResolver resolver =
        new BodyResolver(names, modules.functions(), errors, new StrictRules(errors, false));
    Body resolved = resolver.body(query, new Scope(null));
    Set<String> bound = new HashSet<>();
    Body ordered = new BodyOrder(errors).order(resolved, bound, Set.of());
    new CallCheck(modules.functions(), modules.root(), errors).body(ordered);
    if (errors.any()) {
      return new CheckOutcome.Failed<>(errors.sorted());
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (Literal literal : resolved.literals()) {
      for (String name : Variables.own(literal)) {
        Term.Variable variable = new Term.Variable(name, literal.location());
        if (!variable.isWildcard()) {
          variables.putIfAbsent(name, variable.shown());
        }
      }
    }
    return new CheckOutcome.Passed<>(new CheckedQuery(ordered, variables));
  }

}
