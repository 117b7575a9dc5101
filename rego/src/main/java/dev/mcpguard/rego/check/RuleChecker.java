package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Rule;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves and orders one rule with its else branches. */
final class RuleChecker {
  private final BodyResolver resolver;
  private final Errors errors;

  RuleChecker(BodyResolver resolver, Errors errors) {
    this.resolver = resolver;
    this.errors = errors;
  }

  CheckedRule check(Rule rule, List<Term> suffix) {
    List<CheckedRule> chain = new ArrayList<>();
    List<Scope> scopes = new ArrayList<>();
    for (Rule at = rule; at != null; at = at.otherwise()) {
      Scope scope = new Scope(null);
      scopes.add(scope);
      chain.add(one(at, suffix, scope));
    }
    if (!rule.isDefault()) {
      resolver.closeArguments(scopes);
    }
    CheckedRule next = null;
    for (CheckedRule each : chain.reversed()) {
      next = withOtherwise(each, next);
    }
    return next == null ? chain.getFirst() : next;
  }

  private static CheckedRule withOtherwise(CheckedRule rule, @Nullable CheckedRule next) {
    return new CheckedRule(
        rule.suffix(), rule.arguments(), rule.member(), rule.value(), rule.body(),
        rule.bodyAsWritten(), next, rule.location());
  }

  private CheckedRule one(Rule rule, List<Term> suffix, Scope scope) {
    List<Literal> added = new ArrayList<>();
    List<Term> arguments = arguments(rule, scope, added);
    Body written = resolver.body(rule.body(), scope);
    List<Term> keys = resolver.terms().all(suffix, scope);
    Term member = rule.member() == null ? null : resolver.terms().term(rule.member(), scope);
    Term value = resolver.terms().term(rule.value(), scope);
    resolver.close(scope);
    List<Term> heads = new ArrayList<>(keys);
    heads.add(value);
    if (member != null) {
      heads.add(member);
    }
    added.addAll(BareTrue.body(written, heads.toArray(Term[]::new)).literals());
    Body body = new Body(added);

    Set<String> bound = new HashSet<>();
    arguments.forEach(argument -> Bindings.pattern(argument, bound));
    Set<String> names = new HashSet<>(Variables.own(keys));
    names.addAll(Variables.own(value));
    names.addAll(bound);
    BodyOrder order = new BodyOrder(errors);
    Body ordered = order.order(body, bound, names);
    if (rule.isDefault()) {
      checkDefault(value);
    }
    TermOrder ordering = new TermOrder(order, bound, names);
    return new CheckedRule(
        keys.stream().map(key -> ordering.head(key, bound)).toList(),
        arguments,
        member == null ? null : ordering.head(member, bound),
        ordering.head(value, bound),
        ordered,
        body,
        null,
        rule.location());
  }

  private List<Term> arguments(Rule rule, Scope scope, List<Literal> added) {
    List<Term> written = rule.arguments();
    if (written == null) {
      return List.of();
    }
    List<Term> arguments = new ArrayList<>();
    for (Term term : written) {
      if (term instanceof Term.Variable variable && Variables.isDocument(variable.name())) {
        errors.compile(
            term.location(), "args must not shadow " + variable.name() + " (use a different variable name)");
      }
      Term resolved = resolver.argument(term, scope);
      if (isPattern(resolved)) {
        arguments.add(resolved);
        continue;
      }
      if (resolved instanceof Term.Call) {
        errors.compile(term.location(), "rule arguments cannot contain calls");
      }
      Location at = term.location();
      Term.Variable fresh = new Term.Variable(Term.WILDCARD + "a" + arguments.size(), at);
      arguments.add(fresh);
      added.add(new Literal(new Statement.Unification(fresh, resolved), at));
    }
    return arguments;
  }

  private static boolean isPattern(Term term) {
    return switch (term) {
      case Term.Constant _ -> true;
      case Term.Variable variable -> !Variables.isDocument(variable.name());
      case Term.ArrayTerm array -> array.items().stream().allMatch(RuleChecker::isPattern);
      case Term.ObjectTerm object ->
          object.entries().stream()
              .allMatch(e -> e.key() instanceof Term.Constant && isPattern(e.value()));
      default -> false;
    };
  }

  private void checkDefault(Term value) {
    new TreeWalker() {
      @Override
      public void reference(Term.Reference reference) {
        errors.compile(reference.location(), "default rule value cannot contain ref");
      }

      @Override
      public void variable(Term.Variable variable) {
        errors.compile(variable.location(), "default rule value cannot contain var");
      }

      @Override
      public void call(Term.Call call) {
        errors.compile(call.location(), "default rule value cannot contain call");
      }

      @Override
      public void comprehension(Body body, List<Term> heads, Term whole) {}
    }.term(value);
  }
}
