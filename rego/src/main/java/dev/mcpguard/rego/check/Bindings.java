package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which variables a literal binds when others are bound already. */
public final class Bindings {
  private Bindings() {}

  /** The variables bound after the literal: a copy of {@code bound} with what the literal adds. */
  public static Set<String> after(Literal literal, Set<String> bound) {
    Set<String> known = new HashSet<>(bound);
    if (literal.negated()) {
      return known;
    }
    int before;
    do {
      before = known.size();
      literal.with().forEach(with -> references(with.value(), known));
      statement(literal.statement(), known);
    } while (known.size() != before);
    return known;
  }

  private static void statement(Statement statement, Set<String> known) {
    switch (statement) {
      case Statement.Expression s -> references(s.term(), known);
      case Statement.Unification s -> {
        references(s.left(), known);
        references(s.right(), known);
        unify(s.left(), s.right(), known);
      }
      case Statement.SomeIn s -> {
        references(s.collection(), known);
        if (s.key() != null) {
          pattern(s.key(), known);
        }
        pattern(s.value(), known);
      }
      case Statement.Every s -> references(s.domain(), known);
      case Statement.Assignment _, Statement.SomeDeclaration _ -> {}
    }
  }

  /** Adds the variables that enumerating the references in a term binds. */
  public static void references(Term term, Set<String> known) {
    new TreeWalker() {
      @Override
      public void reference(Term.Reference reference) {
        term(reference.head());
        terms(reference.path());
        if (known.containsAll(Variables.own(reference.head()))) {
          reference.path().forEach(part -> pattern(part, known));
        }
      }

      @Override
      public void comprehension(
          dev.mcpguard.rego.syntax.Body body, List<Term> heads, Term whole) {}
    }.term(term);
  }

  /** Adds the variables that matching a value against a pattern binds. */
  public static void pattern(Term pattern, Set<String> known) {
    switch (pattern) {
      case Term.Variable variable when !Variables.isDocument(variable.name()) ->
          known.add(variable.name());
      case Term.ArrayTerm array -> array.items().forEach(item -> pattern(item, known));
      case Term.ObjectTerm object -> object.entries().forEach(e -> pattern(e.value(), known));
      default -> {}
    }
  }

  /** Adds the variables that a unification binds. */
  public static void unify(Term left, Term right, Set<String> known) {
    boolean leftKnown = isKnown(left, known);
    boolean rightKnown = isKnown(right, known);
    if (leftKnown && rightKnown) {
      return;
    }
    if (rightKnown) {
      pattern(left, known);
    } else if (leftKnown) {
      pattern(right, known);
    } else {
      both(left, right, known);
    }
  }

  private static void both(Term left, Term right, Set<String> known) {
    if (left instanceof Term.ArrayTerm a && right instanceof Term.ArrayTerm b) {
      for (int i = 0; i < Math.min(a.items().size(), b.items().size()); i++) {
        unify(a.items().get(i), b.items().get(i), known);
      }
    } else if (left instanceof Term.ObjectTerm a && right instanceof Term.ObjectTerm b) {
      Map<Object, Term> values = new HashMap<>();
      b.entries().forEach(e -> values.put(keyOf(e.key()), e.value()));
      a.entries().forEach(e -> {
        Term other = values.get(keyOf(e.key()));
        if (other != null) {
          unify(e.value(), other, known);
        }
      });
    }
  }

  /** Constant keys compare by value, all others by their text in the tree. */
  public static Object keyOf(Term key) {
    @Nullable Object value = key instanceof Term.Constant constant ? constant.value() : null;
    return value == null ? key : value;
  }

  /** True when every variable of the term is bound; comprehensions see to their own. */
  public static boolean isKnown(Term term, Set<String> known) {
    return known.containsAll(Variables.own(term));
  }
}
