package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Orders the literals of bodies so that variables are bound before they are needed. */
public final class BodyOrder {
  private final Errors errors;

  BodyOrder(Errors errors) {
    this.errors = errors;
  }

  /** An order of a body that is known to be safe, with some variables bound before. */
  public static Body order(Body body, Set<String> bound) {
    return new BodyOrder(new Errors()).order(body, new HashSet<>(bound), Set.of());
  }

  /**
   * Orders a body and what is nested in it: as OPA does, pass after pass, in which each literal that is
   * ready is taken.
   *
   * @param bound the variables bound before; grows by those the body binds
   * @param outer names of enclosing bodies, which nested bodies must not bind themselves
   */
  Body order(Body body, Set<String> bound, Set<String> outer) {
    Set<String> names = new HashSet<>(outer);
    names.addAll(Variables.own(body));
    names.addAll(bound);
    List<Literal> open = new ArrayList<>(body.literals());
    List<Literal> ordered = new ArrayList<>();
    while (!open.isEmpty()) {
      int before = open.size();
      for (Iterator<Literal> rest = open.iterator(); rest.hasNext(); ) {
        Literal literal = rest.next();
        if (missing(literal, bound, names).isEmpty()) {
          rest.remove();
          Set<String> after = Bindings.after(literal, bound);
          ordered.add(nested(literal, after, names));
          bound.addAll(after);
        }
      }
      if (open.size() == before) {
        report(open, bound, names);
        ordered.addAll(open);
        break;
      }
    }
    return new Body(ordered);
  }

  private static Set<String> missing(Literal literal, Set<String> bound, Set<String> names) {
    Set<String> needed = new HashSet<>(Variables.closed(literal));
    needed.retainAll(names);
    needed.addAll(Variables.own(literal));
    needed.removeAll(Bindings.after(literal, bound));
    return needed;
  }

  private void report(List<Literal> open, Set<String> bound, Set<String> names) {
    for (Literal literal : open) {
      Set<String> missing = missing(literal, bound, names);
      reportVariables(missing, literal);
    }
  }

  private void reportVariables(Set<String> missing, Literal literal) {
    Set<String> reported = new HashSet<>();
    new TreeWalker() {
      @Override
      public void variable(Term.Variable variable) {
        if (missing.contains(variable.name()) && reported.add(variable.name())) {
          errors.unsafe(variable.location(), "var " + variable.shown() + " is unsafe");
        }
      }
    }.literal(literal);
  }

  private Literal nested(Literal literal, Set<String> bound, Set<String> names) {
    TermOrder terms = new TermOrder(this, bound, names);
    List<Literal.With> with = new ArrayList<>();
    literal
        .with()
        .forEach(w -> with.add(new Literal.With(w.target(), terms.term(w.value()), w.location())));
    Statement statement =
        switch (literal.statement()) {
          case Statement.Expression s -> new Statement.Expression(terms.term(s.term()));
          case Statement.Unification s ->
              new Statement.Unification(terms.term(s.left()), terms.term(s.right()));
          case Statement.SomeIn s ->
              new Statement.SomeIn(
                  s.key() == null ? null : terms.term(s.key()),
                  terms.term(s.value()),
                  terms.term(s.collection()));
          case Statement.Every s -> every(s, terms, bound, names);
          case Statement.Assignment s -> s;
          case Statement.SomeDeclaration s -> s;
        };
    return new Literal(statement, literal.negated(), with, literal.location());
  }

  private Statement every(
      Statement.Every every, TermOrder terms, Set<String> bound, Set<String> names) {
    Set<String> inside = new HashSet<>(bound);
    if (every.key() != null) {
      Bindings.pattern(every.key(), inside);
    }
    Bindings.pattern(every.value(), inside);
    return new Statement.Every(
        every.key(), every.value(), terms.term(every.domain()), order(every.body(), inside, names));
  }

  void requireBound(Term term, Set<String> bound, Location at) {
    Set<String> missing = new HashSet<>(Variables.own(term));
    missing.removeAll(bound);
    new TreeWalker() {
      @Override
      public void variable(Term.Variable variable) {
        if (missing.remove(variable.name())) {
          errors.unsafe(variable.location(), "var " + variable.shown() + " is unsafe");
        }
      }

      @Override
      public void comprehension(Body body, List<Term> heads, Term whole) {}
    }.term(term);
  }
}
