package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import dev.mcpguard.rego.types.AnyType;
import dev.mcpguard.rego.types.ObjectType;
import dev.mcpguard.rego.types.SetType;
import dev.mcpguard.rego.types.Type;
import dev.mcpguard.rego.types.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Infers the types of rules and refuses expressions that can never hold. */
final class TypeCheck {
  private final Errors errors;
  private final TermTypes terms;
  private final Map<RuleGroup, Type> groupTypes = new HashMap<>();

  TypeCheck(FunctionTable functions, RuleNode root, Errors errors) {
    this.errors = errors;
    this.terms = new TermTypes(functions, root, errors, this, groupTypes);
  }

  /** Checks groups, each after those it reads. */
  void groups(List<RuleGroup> sorted) {
    for (RuleGroup group : sorted) {
      Type type = null;
      for (CheckedRule rule : group.rules()) {
        for (CheckedRule at = rule; at != null; at = at.otherwise()) {
          type = Types.or(type, rule(group, at));
        }
      }
      CheckedRule fallback = group.fallback();
      if (fallback != null) {
        type = Types.or(type, rule(group, fallback));
      }
      groupTypes.put(group, type == null ? AnyType.ANY : type);
    }
  }

  void query(Body body) {
    body(body, new HashMap<>());
  }

  private Type rule(RuleGroup group, CheckedRule rule) {
    Map<String, Type> known = new HashMap<>();
    body(rule.body(), known);
    // OPA evaluates the keys of the head first, and a call widens the variables it is given.
    List<Type> keys = rule.suffix().stream().map(key -> terms.of(key, known)).toList();
    Type value = terms.of(rule.value(), known);
    Term member = rule.member();
    return switch (group.kind()) {
      case COMPLETE, FUNCTION -> value;
      case SET -> new SetType(member == null ? AnyType.ANY : terms.of(member, known));
      case OBJECT -> {
        // Of sets under keys OPA knows no type, not even that of the first key.
        Type key = member == null ? keys.getFirst() : AnyType.ANY;
        boolean plain = rule.suffix().size() == 1 && member == null;
        yield ObjectType.of(key, plain ? value : AnyType.ANY);
      }
    };
  }

  void body(Body body, Map<String, Type> known) {
    for (Literal literal : body.literals()) {
      literal.with().forEach(with -> {
        if (!CallCheck.isFunction(with.value())) {
          terms.of(with.value(), known);
        }
      });
      statement(literal, known);
    }
  }

  private void statement(Literal literal, Map<String, Type> known) {
    switch (literal.statement()) {
      case Statement.Expression(Term.Call call) when isEquality(call) ->
          unify(call.arguments().get(0), call.arguments().get(1), known, call.location());
      case Statement.Expression s -> terms.of(s.term(), known);
      case Statement.Unification s -> unify(s.left(), s.right(), known, literal.location());
      case Statement.SomeIn s -> {
        Type collection = terms.of(s.collection(), known);
        boolean fits = !binds(s.value(), known) || TermShapes.fits(s.value(), orAny(Types.values(collection)));
        iterate(s.key(), s.value(), collection, known);
        if (!fits) {
          errors.type(literal.location(), "match error: no element of " + collection + " has that form");
        }
      }
      case Statement.Every s -> {
        terms.of(s.domain(), known);
        insideEvery(s.body(), new HashMap<>(known));
      }
      case Statement.Assignment _, Statement.SomeDeclaration _ -> {}
    }
  }

  /** Of the body of {@code every} OPA checks references and comprehensions, and no more. */
  private void insideEvery(Body body, Map<String, Type> known) {
    new TreeWalker() {
      @Override
      public void reference(Term.Reference reference) {
        terms.of(reference, known);
      }

      @Override
      public void comprehension(Body nested, List<Term> heads, Term whole) {
        terms.of(whole, new HashMap<>(known));
      }
    }.body(body);
  }

  /** A comparison that is a whole expression is unified; within a term it is a mere value. */
  private static boolean isEquality(Term.Call call) {
    return call.function().equals("equal") && call.arguments().size() == 2;
  }

  private void iterate(
      @Nullable Term key, Term value, Type collection, Map<String, Type> known) {
    if (key != null) {
      terms.bind(key, orAny(Types.keys(collection)), known);
    }
    terms.bind(value, orAny(Types.values(collection)), known);
  }

  static Type orAny(@Nullable Type type) {
    return type == null ? AnyType.ANY : type;
  }

  /** OPA holds the form of a literal against a type only where the literal has variables to be bound. */
  private static boolean binds(Term term, Map<String, Type> known) {
    return !known.keySet().containsAll(Variables.own(term));
  }

  void unify(Term left, Term right, Map<String, Type> known, Location at) {
    Type leftType = terms.of(left, known);
    Type rightType = terms.of(right, known);
    if (!Types.unifies(leftType, rightType)
        || binds(left, known) && !TermShapes.fits(left, rightType)
        || binds(right, known) && !TermShapes.fits(right, leftType)) {
      errors.type(at, "match error: left is " + leftType + ", right is " + rightType);
    }
    terms.bind(left, rightType, known);
    terms.bind(right, leftType, known);
  }
}
