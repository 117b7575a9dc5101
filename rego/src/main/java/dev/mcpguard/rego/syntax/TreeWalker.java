package dev.mcpguard.rego.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Visits every term of a tree in source order; override what is of interest. */
public abstract class TreeWalker {

  public void body(Body body) {
    body.literals().forEach(this::literal);
  }

  public void literal(Literal literal) {
    literal.with().forEach(with -> {
      withTarget(with.target());
      term(with.value());
    });
    statement(literal.statement());
  }

  /** Targets of {@code with} name documents and functions; they are not evaluated. */
  public void withTarget(Term target) {}

  public void statement(Statement statement) {
    switch (statement) {
      case Statement.Expression s -> term(s.term());
      case Statement.Unification s -> {
        term(s.left());
        term(s.right());
      }
      case Statement.Assignment s -> {
        term(s.left());
        term(s.right());
      }
      case Statement.SomeDeclaration s -> s.variables().forEach(this::variable);
      case Statement.SomeIn s -> {
        optional(s.key());
        term(s.value());
        term(s.collection());
      }
      case Statement.Every s -> every(s);
    }
  }

  public void every(Statement.Every every) {
    term(every.domain());
    optional(every.key());
    term(every.value());
    body(every.body());
  }

  public final void optional(@Nullable Term term) {
    if (term != null) {
      term(term);
    }
  }

  public void term(Term term) {
    switch (term) {
      case Term.Constant _ -> {}
      case Term.Variable variable -> variable(variable);
      case Term.Reference reference -> reference(reference);
      case Term.Call call -> call(call);
      case Term.ArrayTerm array -> terms(array.items());
      case Term.SetTerm set -> terms(set.items());
      case Term.ObjectTerm object ->
          object.entries().forEach(entry -> {
            term(entry.key());
            term(entry.value());
          });
      case Term.ArrayComprehension c -> comprehension(c.body(), List.of(c.head()), c);
      case Term.SetComprehension c -> comprehension(c.body(), List.of(c.head()), c);
      case Term.ObjectComprehension c -> comprehension(c.body(), List.of(c.key(), c.value()), c);
      case Term.Template template -> terms(template.parts());
    }
  }

  public final void terms(List<Term> terms) {
    terms.forEach(this::term);
  }

  public void variable(Term.Variable variable) {}

  public void reference(Term.Reference reference) {
    term(reference.head());
    terms(reference.path());
  }

  public void call(Term.Call call) {
    terms(call.arguments());
  }

  public void comprehension(Body body, List<Term> heads, Term whole) {
    body(body);
    terms(heads);
  }
}
