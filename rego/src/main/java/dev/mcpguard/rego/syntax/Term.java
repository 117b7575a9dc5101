package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.value.Value;
import java.util.List;

/** A term of Rego: what stands for a value. */
public sealed interface Term {
  Location location();

  /** A scalar, or any value known without evaluation. */
  record Constant(Value value, Location location) implements Term {}

  /** A name. Wildcards carry generated names that start with {@code $}. */
  record Variable(String name, Location location) implements Term {
    public boolean isWildcard() {
      return name.startsWith(WILDCARD);
    }

    /** The name as the author wrote it. */
    public String shown() {
      if (isWildcard()) {
        return "_";
      }
      int suffix = name.indexOf('#');
      return suffix < 0 ? name : name.substring(0, suffix);
    }
  }

  /** {@code head[a][b]}; a dotted name is a constant string in the path. The path is never empty. */
  record Reference(Term head, List<Term> path, Location location) implements Term {
    public Reference {
      path = List.copyOf(path);
    }
  }

  /** A call of a builtin, an operator or a rule; {@code function} is the dotted name. */
  record Call(String function, List<Term> arguments, Location location) implements Term {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record ArrayTerm(List<Term> items, Location location) implements Term {
    public ArrayTerm {
      items = List.copyOf(items);
    }
  }

  record SetTerm(List<Term> items, Location location) implements Term {
    public SetTerm {
      items = List.copyOf(items);
    }
  }

  record ObjectTerm(List<Entry> entries, Location location) implements Term {
    public ObjectTerm {
      entries = List.copyOf(entries);
    }
  }

  record Entry(Term key, Term value) {}

  record ArrayComprehension(Term head, Body body, Location location) implements Term {}

  record SetComprehension(Term head, Body body, Location location) implements Term {}

  record ObjectComprehension(Term key, Term value, Body body, Location location)
      implements Term {}

  /** {@code $"text {expression}"}. Each part is a constant string or a set comprehension. */
  record Template(List<Term> parts, Location location) implements Term {
    public Template {
      parts = List.copyOf(parts);
    }
  }

  /** The first character of names the parser makes up. */
  String WILDCARD = "$";
}
