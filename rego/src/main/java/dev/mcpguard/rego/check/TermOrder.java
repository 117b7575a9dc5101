package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Orders the bodies of the comprehensions inside terms. */
final class TermOrder {
  private final BodyOrder bodies;
  private final Set<String> bound;
  private final Set<String> names;

  TermOrder(BodyOrder bodies, Set<String> bound, Set<String> names) {
    this.bodies = bodies;
    this.bound = bound;
    this.names = names;
  }

  List<Term> all(List<Term> terms) {
    List<Term> ordered = new ArrayList<>(terms.size());
    terms.forEach(term -> ordered.add(term(term)));
    return ordered;
  }

  Term term(Term term) {
    return switch (term) {
      case Term.Constant constant -> constant;
      case Term.Variable variable -> variable;
      case Term.Reference r -> new Term.Reference(term(r.head()), all(r.path()), r.location());
      case Term.Call c -> new Term.Call(c.function(), all(c.arguments()), c.location());
      case Term.ArrayTerm a -> new Term.ArrayTerm(all(a.items()), a.location());
      case Term.SetTerm s -> new Term.SetTerm(all(s.items()), s.location());
      case Term.ObjectTerm o -> {
        List<Term.Entry> entries = new ArrayList<>();
        o.entries().forEach(e -> entries.add(new Term.Entry(term(e.key()), term(e.value()))));
        yield new Term.ObjectTerm(entries, o.location());
      }
      case Term.ArrayComprehension c -> {
        Set<String> inside = new HashSet<>(bound);
        Body body = bodies.order(c.body(), inside, names);
        yield new Term.ArrayComprehension(head(c.head(), inside), body, c.location());
      }
      case Term.SetComprehension c -> {
        Set<String> inside = new HashSet<>(bound);
        Body body = bodies.order(c.body(), inside, names);
        yield new Term.SetComprehension(head(c.head(), inside), body, c.location());
      }
      case Term.ObjectComprehension c -> {
        Set<String> inside = new HashSet<>(bound);
        Body body = bodies.order(c.body(), inside, names);
        yield new Term.ObjectComprehension(
            head(c.key(), inside), head(c.value(), inside), body, c.location());
      }
      case Term.Template t -> new Term.Template(all(t.parts()), t.location());
    };
  }

  /** The head of a comprehension or rule, evaluated after the body; its references may enumerate. */
  Term head(Term term, Set<String> inside) {
    Set<String> known = new HashSet<>(inside);
    int before;
    do {
      before = known.size();
      Bindings.references(term, known);
    } while (known.size() != before);
    bodies.requireBound(term, known, term.location());
    Set<String> outer = new HashSet<>(names);
    outer.addAll(known);
    return new TermOrder(bodies, known, outer).term(term);
  }
}
