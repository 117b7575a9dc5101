package dev.mcpguard.rego.check;

import dev.mcpguard.rego.builtins.Builtin;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks numbers of arguments and the targets of {@code with} in resolved trees. */
final class CallCheck extends TreeWalker {
  private final FunctionTable functions;
  private final RuleNode root;
  private final Errors errors;

  CallCheck(FunctionTable functions, RuleNode root, Errors errors) {
    this.functions = functions;
    this.root = root;
    this.errors = errors;
  }

  void rule(@Nullable CheckedRule rule) {
    for (CheckedRule at = rule; at != null; at = at.otherwise()) {
      terms(at.suffix());
      terms(at.arguments());
      optional(at.member());
      term(at.value());
      body(at.body());
    }
  }

  @Override
  public void call(Term.Call call) {
    call(call, false);
  }

  /** A negated call may have its wanted result as one more argument. */
  private void call(Term.Call call, boolean withResult) {
    terms(call.arguments());
    if (call.function().equals("print")) {
      errors.type(call.location(), "print: void call used as value");
    }
    int arity = functions.arity(call.function());
    int given = call.arguments().size();
    boolean fits = given == arity || withResult && given == arity + 1;
    if (arity >= 0 && !fits && !functions.variadic(call.function())) {
      errors.type(
          call.location(),
          "function " + call.function() + " has arity " + arity + ", got " + given
              + (given == 1 ? " argument" : " arguments"));
    }
  }

  @Override
  public void literal(Literal literal) {
    for (Literal.With with : literal.with()) {
      target(with);
      boolean function = with.target() instanceof Term.Call && isFunction(with.value());
      if (!function) {
        term(with.value());
      }
    }
    if (literal.statement() instanceof Statement.Expression(Term.Call call)
        && call.function().equals("print")) {
      terms(call.arguments());
    } else if (literal.negated() && literal.statement() instanceof Statement.Expression(Term.Call call)) {
      call(call, true);
    } else {
      statement(literal.statement());
    }
  }

  static boolean isFunction(Term term) {
    return term instanceof Term.Call call && call.arguments().isEmpty();
  }

  private void target(Literal.With with) {
    Term target = with.target();
    switch (target) {
      case Term.Call call -> functionTarget(call, with);
      case Term.Variable v when Variables.isDocument(v.name()) -> {}
      case Term.Reference r when r.head() instanceof Term.Variable v
          && Variables.isDocument(v.name()) -> {
        if (r.path().stream().anyMatch(part -> !(part instanceof Term.Constant))) {
          errors.type(target.location(), "with keyword target must be ground");
        } else if (v.name().equals("data")) {
          partial(r);
        }
      }
      default ->
          errors.type(
              target.location(),
              "with keyword target must reference existing input, data, or a function");
    }
  }

  private void partial(Term.Reference target) {
    RuleNode node = root;
    List<Term> path = target.path();
    for (int i = 0; i < path.size() && node != null; i++) {
      if (node.group() != null) {
        errors.compile(
            target.location(),
            "with keyword cannot partially replace virtual document(s)");
        return;
      }
      node = node.child(((Term.Constant) path.get(i)).value());
    }
  }

  private void functionTarget(Term.Call target, Literal.With with) {
    Builtin builtin = functions.builtin(target.function());
    if (builtin != null && builtin.relation()) {
      errors.compile(
          target.location(), "with keyword replacing built-in function: target must not be a relation");
    }
    if (!(with.value() instanceof Term.Call value) || !isFunction(value)) {
      return;
    }
    int wanted = functions.arity(target.function());
    int given = functions.arity(value.function());
    if (wanted != given && !functions.variadic(target.function())) {
      errors.type(
          with.location(),
          "function " + value.function() + " has arity " + given + ", but replaces "
              + target.function() + " of arity " + wanted);
    }
  }
}
