package dev.mcpguard.rego.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random modules: rules of every form, in which later rules use earlier ones. */
final class PolicyGenerator {
  private static final int RULES = 7;
  private static final int DEPTH = 2;

  private final Random random;
  private final TermGenerator terms;
  private final Names rules = new Names();

  PolicyGenerator(long seed) {
    random = new Random(seed);
    terms = new TermGenerator(random);
  }

  /** A module of package {@code fuzz}. */
  String module() {
    StringBuilder text = new StringBuilder("package fuzz\n");
    int count = 2 + random.nextInt(RULES);
    for (int i = 0; i < count; i++) {
      Kind kind = terms.kind();
      String name = "r" + i;
      switch (random.nextInt(6)) {
        case 0 -> member(name, text);
        case 1 -> entry(name, text);
        case 2 -> function(name, kind, text);
        default -> complete(name, kind, text);
      }
    }
    return text.toString();
  }

  private void complete(String name, Kind kind, StringBuilder text) {
    if (random.nextInt(3) == 0) {
      text.append("\ndefault ").append(name).append(" := ").append(terms.constant(kind, 1)).append('\n');
    }
    for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
      text.append('\n').append(name).append(" := ").append(ending(kind, rules));
      if (random.nextInt(3) == 0) {
        text.append(" else := ").append(ending(kind, rules));
      }
      text.append('\n');
    }
    rules.add(name, kind);
  }

  private void member(String name, StringBuilder text) {
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      text.append('\n').append(name).append(" contains ").append(ending(terms.kind(), rules)).append('\n');
    }
    rules.add(name, Kind.SET);
  }

  private void entry(String name, StringBuilder text) {
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Body body = body(rules);
      text.append('\n').append(name).append('[')
          .append(terms.term(Kind.TEXT, body.names(), 1)).append("] := ")
          .append(terms.term(terms.kind(), body.names(), DEPTH)).append(body.text()).append('\n');
    }
    rules.add(name, Kind.OBJECT);
  }

  private void function(String name, Kind kind, StringBuilder text) {
    int arity = 1 + random.nextInt(2);
    Names names = rules.copy();
    names.add("x", Kind.NUMBER);
    if (arity == 2) {
      names.add("y", Kind.NUMBER);
    }
    text.append('\n').append(name).append(arity == 2 ? "(x, y)" : "(x)").append(" := ")
        .append(ending(kind, names)).append('\n');
    rules.addFunction(name, kind, arity);
  }

  private String ending(Kind kind, Names names) {
    Body body = body(names);
    return terms.term(kind, body.names(), DEPTH) + body.text();
  }

  /** A body and the names known behind it. */
  private record Body(String text, Names names) {}

  private Body body(Names outer) {
    Names names = outer.copy();
    List<String> literals = new ArrayList<>();
    boolean shuffled = random.nextInt(4) == 0;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      literals.add(shuffled ? unordered(names) : literal(names));
    }
    if (shuffled) {
      Collections.shuffle(literals, random);
    }
    return new Body(" if {\n\t" + String.join("\n\t", literals) + "\n}", names);
  }

  private String unordered(Names names) {
    Kind kind = terms.kind();
    String name = terms.variable();
    String term = terms.term(kind, names, DEPTH);
    names.add(name, kind);
    return random.nextBoolean() ? name + " = " + term : term + " = " + name;
  }

  private String literal(Names names) {
    Kind kind = terms.kind();
    String name = terms.variable();
    String other = terms.variable();
    String bool = terms.term(Kind.BOOL, names, DEPTH);
    String term = terms.term(kind, names, DEPTH);
    String collection = terms.term(random.nextBoolean() ? Kind.ARRAY : Kind.OBJECT, names, 1);
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        names.add(name, kind);
        return name + " := " + term;
      }
      case 2 -> {
        names.add(name, kind);
        return "some " + name + " in " + collection + "\n\t" + name + " != []";
      }
      case 3 -> {
        names.add(name, Kind.TEXT);
        names.add(other, kind);
        return "some " + name + ", " + other + " in " + collection
            + "\n\t[" + name + ", " + other + "] != []";
      }
      case 4 -> {
        return "not " + bool;
      }
      case 5 -> {
        Names inner = names.copy();
        inner.add(name, kind);
        return "every " + name + " in " + collection + " { " + name + " != 5; "
            + terms.term(Kind.BOOL, inner, 1) + " }";
      }
      case 6 -> {
        return bool + " with input." + (random.nextBoolean() ? "s" : "o.n") + " as " + terms.constant(kind, 1);
      }
      case 7 -> {
        names.add(name, kind);
        return name + " := " + term + " with data.base.n as " + terms.constant(Kind.NUMBER, 0);
      }
      case 8 -> {
        names.add(name, Kind.NUMBER);
        names.add(other, kind);
        return "[" + name + ", " + other + "] = [" + terms.term(Kind.NUMBER, names.copy(), 0).replace(name, "1")
            + ", " + term + "]";
      }
      case 9 -> {
        names.add(name, Kind.TEXT);
        return "input." + (random.nextBoolean() ? "a" : "o") + "[" + name + "]";
      }
      default -> {
        return bool;
      }
    }
  }

  /** An input; fields may be absent or of another kind. */
  String input() {
    StringBuilder text = new StringBuilder("{");
    field(text, "n", Kind.NUMBER);
    field(text, "m", Kind.NUMBER);
    field(text, "s", Kind.TEXT);
    field(text, "t", Kind.TEXT);
    field(text, "b", Kind.BOOL);
    field(text, "a", Kind.ARRAY);
    field(text, "z", Kind.ARRAY);
    field(text, "any", terms.kind());
    field(text, "p", Kind.OBJECT);
    text.append("\"o\":{");
    field(text, "n", Kind.NUMBER);
    field(text, "s", Kind.TEXT);
    field(text, "a", Kind.ARRAY);
    return text.append("\"k\":null}}").toString();
  }

  private void field(StringBuilder text, String name, Kind usual) {
    Kind kind = random.nextInt(8) == 0 ? terms.kind() : usual;
    if (random.nextInt(10) > 0) {
      text.append('"').append(name).append("\":").append(json(kind, 2)).append(',');
    }
  }

  private String json(Kind kind, int depth) {
    return switch (kind) {
      case SET, ARRAY -> {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(depth == 0 ? "1" : json(random.nextInt(3) == 0 ? terms.kind() : Kind.NUMBER, depth - 1));
        }
        yield "[" + String.join(",", items) + "]";
      }
      case OBJECT -> "{\"a\":" + (depth == 0 ? "2" : json(terms.kind(), depth - 1)) + ",\"n\":3}";
      case NUMBER, TEXT, BOOL -> terms.constant(kind, 0);
    };
  }
}
