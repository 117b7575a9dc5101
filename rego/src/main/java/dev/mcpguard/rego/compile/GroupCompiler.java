package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.CheckedRule;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.check.RuleKind;
import dev.mcpguard.rego.eval.CompleteGroup;
import dev.mcpguard.rego.eval.FunctionGroup;
import dev.mcpguard.rego.eval.PartialGroup;
import dev.mcpguard.rego.eval.RuleIndex;
import dev.mcpguard.rego.eval.RuntimeRule;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles the rules of each group and links them to its runtime twin. */
final class GroupCompiler {
  private final Linker linker;

  GroupCompiler(Linker linker) {
    this.linker = linker;
  }

  void link(RuleGroup group) {
    RuleCompiler rules = new RuleCompiler(linker, group);
    switch (linker.group(group)) {
      case CompleteGroup twin ->
          twin.link(singles(group, rules, false), fallback(group, rules), oneValue(group));
      case FunctionGroup twin ->
          twin.link(
              singles(group, rules, true), fallback(group, rules), oneValue(group), costly(group));
      case PartialGroup twin -> {
        boolean set = group.kind() == RuleKind.SET;
        twin.link(
            IndexBuilder.build(
                group.rules(),
                group.rules().stream()
                    .map(rule -> set ? rules.member(rule) : rules.entry(rule))
                    .toList()),
            IndexBuilder.build(
                group.rules(),
                group.rules().stream()
                    .map(rule -> set ? rules.memberByKey(rule) : rules.entryByKey(rule))
                    .toList()));
      }
    }
  }

  private static RuleIndex singles(RuleGroup group, RuleCompiler rules, boolean function) {
    List<RuntimeRule> compiled =
        group.rules().stream().map(rule -> rules.single(rule, function)).toList();
    return IndexBuilder.build(group.rules(), compiled);
  }

  private static @Nullable RuntimeRule fallback(RuleGroup group, RuleCompiler rules) {
    CheckedRule fallback = group.fallback();
    return fallback == null ? null : rules.single(fallback, group.kind() == RuleKind.FUNCTION);
  }

  /** True when no two results can differ, so that the first one ends the search. */
  private static boolean oneValue(RuleGroup group) {
    Value only = null;
    for (CheckedRule rule : group.rules()) {
      for (CheckedRule at = rule; at != null; at = at.otherwise()) {
        if (!(at.value() instanceof Term.Constant constant)
            || only != null && !only.equals(constant.value())) {
          return false;
        }
        only = constant.value();
      }
    }
    return true;
  }

  /** Functions that loop or call rules are worth remembering by their arguments. */
  private static boolean costly(RuleGroup group) {
    boolean[] found = {false};
    TreeWalker walker =
        new TreeWalker() {
          @Override
          public void statement(Statement statement) {
            found[0] |= statement instanceof Statement.SomeIn || statement instanceof Statement.Every;
            super.statement(statement);
          }

          @Override
          public void reference(Term.Reference reference) {
            found[0] |=
                reference.path().stream().anyMatch(part -> !(part instanceof Term.Constant));
            super.reference(reference);
          }

          @Override
          public void comprehension(Body body, List<Term> heads, Term whole) {
            found[0] = true;
          }

          @Override
          public void call(Term.Call call) {
            found[0] |= call.function().startsWith("data.") || call.function().startsWith("regex.");
            super.call(call);
          }
        };
    for (CheckedRule rule : group.rules()) {
      for (CheckedRule at = rule; at != null; at = at.otherwise()) {
        for (Literal literal : Objects.requireNonNull(at).body().literals()) {
          walker.literal(literal);
        }
        walker.term(at.value());
      }
    }
    return found[0];
  }
}
