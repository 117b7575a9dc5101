package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which variables trees mention. {@code data} and {@code input} are not variables. */
public final class Variables {
  private Variables() {}

  /** Variables outside comprehensions and the bodies of {@code every}. */
  public static Set<String> own(Term term) {
    Own own = new Own();
    own.term(term);
    return own.found;
  }

  public static Set<String> own(List<Term> terms) {
    Own own = new Own();
    own.terms(terms);
    return own.found;
  }

  static Set<String> own(Literal literal) {
    Own own = new Own();
    own.literal(literal);
    return own.found;
  }

  static Set<String> own(Body body) {
    Own own = new Own();
    own.body(body);
    return own.found;
  }

  /** Variables inside comprehensions and the bodies of {@code every}. */
  static Set<String> closed(Literal literal) {
    Closed closed = new Closed();
    closed.literal(literal);
    return closed.found;
  }

  static Set<String> closed(Term term) {
    Closed closed = new Closed();
    closed.term(term);
    return closed.found;
  }

  public static boolean isDocument(String name) {
    return name.equals("data") || name.equals("input");
  }

  private static class Own extends TreeWalker {
    final Set<String> found = new LinkedHashSet<>();

    @Override
    public void variable(Term.Variable variable) {
      if (!isDocument(variable.name())) {
        found.add(variable.name());
      }
    }

    @Override
    public void comprehension(Body body, List<Term> heads, Term whole) {}

    @Override
    public void every(Statement.Every every) {
      term(every.domain());
    }
  }

  private static final class All extends TreeWalker {
    final Set<String> found = new LinkedHashSet<>();

    @Override
    public void variable(Term.Variable variable) {
      if (!isDocument(variable.name())) {
        found.add(variable.name());
      }
    }
  }

  private static final class Closed extends TreeWalker {
    final Set<String> found = new LinkedHashSet<>();

    @Override
    public void comprehension(Body body, List<Term> heads, Term whole) {
      All all = new All();
      all.body(body);
      all.terms(heads);
      found.addAll(all.found);
    }

    @Override
    public void every(Statement.Every every) {
      term(every.domain());
      All all = new All();
      all.body(every.body());
      all.optional(every.key());
      all.term(every.value());
      found.addAll(all.found);
    }
  }
}
