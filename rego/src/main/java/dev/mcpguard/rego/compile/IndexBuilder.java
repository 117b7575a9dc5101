package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.CheckedRule;
import dev.mcpguard.rego.eval.Lookup;
import dev.mcpguard.rego.eval.RuleIndex;
import dev.mcpguard.rego.eval.RuntimeRule;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what rules of a group ask of the input or of an argument and indexes by the best of it. */
final class IndexBuilder {
  private static final int WORTHWHILE = 3;

  private IndexBuilder() {}

  /** An input path, or the position of an argument. */
  private record Field(@Nullable ArrayValue input, int argument) {}

  static RuleIndex build(List<CheckedRule> rules, List<RuntimeRule> compiled) {
    if (rules.size() < WORTHWHILE) {
      return RuleIndex.unindexed(compiled);
    }
    List<Map<Field, Value>> conditions = new ArrayList<>();
    Map<Field, Integer> counts = new HashMap<>();
    for (CheckedRule rule : rules) {
      Map<Field, Value> found = rule.otherwise() == null ? conditions(rule) : Map.of();
      conditions.add(found);
      found.keySet().forEach(field -> counts.merge(field, 1, Integer::sum));
    }
    Field best = null;
    for (Map.Entry<Field, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > 1
          && (best == null || entry.getValue() > counts.getOrDefault(best, 0))) {
        best = entry.getKey();
      }
    }
    if (best == null) {
      return RuleIndex.unindexed(compiled);
    }
    List<RuleIndex.Entry> entries = new ArrayList<>();
    for (int i = 0; i < compiled.size(); i++) {
      entries.add(new RuleIndex.Entry(compiled.get(i), conditions.get(i).get(best)));
    }
    Lookup.Input input = best.input() == null ? null : new Lookup.Input(best.input().toArray());
    return RuleIndex.by(input, best.argument(), entries);
  }

  private static Map<Field, Value> conditions(CheckedRule rule) {
    Map<Field, Value> found = new HashMap<>();
    Map<String, Integer> arguments = new HashMap<>();
    for (int i = 0; i < rule.arguments().size(); i++) {
      Term argument = rule.arguments().get(i);
      if (argument instanceof Term.Constant constant) {
        found.put(new Field(null, i), constant.value());
      } else if (argument instanceof Term.Variable variable) {
        arguments.put(variable.name(), i);
      }
    }
    for (Literal literal : rule.body().literals()) {
      if (literal.negated() || !literal.with().isEmpty()) {
        continue;
      }
      switch (literal.statement()) {
        case Statement.Unification s -> condition(s.left(), s.right(), arguments, found);
        case Statement.Expression(Term.Call call) when call.function().equals("equal") ->
            condition(call.arguments().get(0), call.arguments().get(1), arguments, found);
        default -> {}
      }
    }
    return found;
  }

  private static void condition(
      Term left, Term right, Map<String, Integer> arguments, Map<Field, Value> found) {
    if (right instanceof Term.Constant constant) {
      Field field = field(left, arguments);
      if (field != null) {
        found.putIfAbsent(field, constant.value());
      }
    } else if (left instanceof Term.Constant constant) {
      Field field = field(right, arguments);
      if (field != null) {
        found.putIfAbsent(field, constant.value());
      }
    }
  }

  private static @Nullable Field field(Term term, Map<String, Integer> arguments) {
    if (term instanceof Term.Variable variable) {
      Integer position = arguments.get(variable.name());
      return position == null ? null : new Field(null, position);
    }
    if (!(term instanceof Term.Reference reference
        && reference.head() instanceof Term.Variable head
        && head.name().equals("input"))) {
      return null;
    }
    List<Value> path = new ArrayList<>();
    for (Term part : reference.path()) {
      if (!(part instanceof Term.Constant constant)) {
        return null;
      }
      path.add(constant.value());
    }
    return new Field(ArrayValue.of(path), -1);
  }
}
