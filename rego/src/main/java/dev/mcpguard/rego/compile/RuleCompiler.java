package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.BodyOrder;
import dev.mcpguard.rego.check.CheckedRule;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.RuntimeRule;
import dev.mcpguard.rego.eval.Step;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.eval.Yields;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule in the form its group runs: for one value, for a whole document, or for one key. */
final class RuleCompiler {
  private static final String KEY = Term.WILDCARD + "key";

  private final Linker linker;
  private final RuleGroup group;

  RuleCompiler(Linker linker, RuleGroup group) {
    this.linker = linker;
    this.group = group;
  }

  /** How the end of a body keeps its result. */
  private interface Ending {
    Step make(BodyCompiler bodies, Slots slots, Scope scope);
  }

  private interface Form {
    RuntimeRule compile(CheckedRule rule, @Nullable RuntimeRule otherwise);
  }

  private static RuntimeRule chain(CheckedRule rule, Form form) {
    List<CheckedRule> branches = new ArrayList<>();
    for (CheckedRule at = rule; at != null; at = at.otherwise()) {
      branches.add(at);
    }
    RuntimeRule made = form.compile(branches.getLast(), null);
    for (CheckedRule branch : branches.reversed().subList(1, branches.size())) {
      made = form.compile(branch, made);
    }
    return made;
  }

  /** A complete rule or function. */
  RuntimeRule single(CheckedRule rule, boolean function) {
    return chain(rule, (branch, next) -> {
      boolean constant = branch.value() instanceof Term.Constant;
      return compile(
          branch, branch.body(), Set.of(), next, constant,
          (bodies, slots, scope) -> {
            Operand value = bodies.terms().compile(branch.value(), scope);
            return new Yields.Single(value, constant, function, branch.location());
          });
    });
  }

  RuntimeRule member(CheckedRule rule) {
    Term member = memberOf(rule);
    return compile(
        rule, rule.body(), Set.of(), null, false,
        (bodies, slots, scope) ->
            new Yields.Member(bodies.terms().compile(member, scope)));
  }

  RuntimeRule memberByKey(CheckedRule rule) {
    Body body = withKey(memberOf(rule), rule);
    return compile(
        rule, body, Set.of(KEY), null, true, (bodies, slots, scope) -> new Yields.Found());
  }

  RuntimeRule entry(CheckedRule rule) {
    return chain(
        rule,
        (branch, next) ->
            compile(
                branch, branch.body(), Set.of(), next, false,
                (bodies, slots, scope) -> ending(branch, branch.suffix(), bodies, scope)));
  }

  RuntimeRule entryByKey(CheckedRule rule) {
    return chain(rule, (branch, next) -> {
      List<Term> rest = branch.suffix().subList(1, branch.suffix().size());
      return compile(
          branch, withKey(branch.suffix().getFirst(), branch), Set.of(KEY), next, false,
          (bodies, slots, scope) -> ending(branch, rest, bodies, scope));
    });
  }

  private static Step ending(
      CheckedRule rule, List<Term> path, BodyCompiler bodies, Scope scope) {
    Term member = rule.member();
    List<Term> all = new ArrayList<>(path);
    all.add(member == null ? rule.value() : member);
    Operand[] operands = bodies.terms().all(all, scope);
    Operand[] keys = java.util.Arrays.copyOf(operands, path.size());
    return new Yields.Entry(keys, operands[path.size()], member != null, rule.location());
  }

  private static Term memberOf(CheckedRule rule) {
    Term member = rule.member();
    if (member == null) {
      throw new IllegalStateException("rule without `contains` at " + rule.location());
    }
    return member;
  }

  /** The body with the key of the head bound first: known keys turn loops into lookups. */
  private static Body withKey(Term key, CheckedRule rule) {
    Location at = rule.location();
    List<Literal> literals = new ArrayList<>();
    literals.add(
        new Literal(new Statement.Unification(new Term.Variable(KEY, at), key), at));
    literals.addAll(rule.bodyAsWritten().literals());
    return BodyOrder.order(new Body(literals), Set.of(KEY));
  }

  private RuntimeRule compile(
      CheckedRule rule,
      Body body,
      Set<String> boundBefore,
      @Nullable RuntimeRule otherwise,
      boolean constant,
      Ending ending) {
    Slots slots = new Slots();
    // Sink 0 of partial rules holds the collection of the group.
    slots.sink();
    boundBefore.forEach(slots::of);
    int[] arguments = new int[rule.arguments().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = slots.temporary();
    }
    BodyCompiler bodies = new BodyCompiler(linker, slots);
    Scope scope = new Scope(new Sequence(), new HashSet<>(boundBefore));
    for (int i = 0; i < arguments.length; i++) {
      argument(rule.arguments().get(i), arguments[i], bodies, scope);
    }
    RequiredDocuments.require(rule, body, bodies.terms(), scope);
    bodies.compile(body, scope);
    Step last = ending.make(bodies, slots, scope);
    Step entry = scope.steps().link(last);
    return new RuntimeRule(
        group.name(), slots.size(), entry, constant, otherwise, rule.location());
  }

  private static void argument(Term pattern, int slot, BodyCompiler bodies, Scope scope) {
    if (pattern instanceof Term.Variable variable && variable.isWildcard()
        && !variable.name().startsWith(Term.WILDCARD + "a")) {
      return;
    }
    PatternCompiler.Compiled compiled = bodies.patterns().compile(pattern, scope);
    Operand argument = new Operand.Slot(slot);
    scope.steps().add(next -> new Steps.Match(argument, compiled.pattern(), next));
    compiled.addChecks(scope);
  }
}
