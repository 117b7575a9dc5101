package dev.mcpguard.rego.differential;

import dev.mcpguard.rego.differential.BodyGenerator.Body;
import java.util.Random;

/** Random modules: rules of every form, in which later rules use earlier ones. */
final class PolicyGenerator {
  private static final int RULES = 7;
  private static final int DEPTH = 2;

  private final Random random;
  private final TermGenerator terms;
  private final BodyGenerator bodies;
  private final InputGenerator inputs;
  private final Names rules = new Names();

  /** The module of the seed, written in this form. */
  PolicyGenerator(long seed, Form form) {
    random = new Random(seed);
    terms = new TermGenerator(random, form);
    bodies = new BodyGenerator(random, new Random(~seed), form, terms);
    inputs = new InputGenerator(random, terms);
  }

  /** A module of package {@code fuzz}. */
  String module() {
    StringBuilder text = new StringBuilder("package fuzz\n");
    int count = 2 + random.nextInt(RULES);
    for (int i = 0; i < count; i++) {
      Kind kind = terms.kind();
      String name = "r" + i;
      switch (random.nextInt(9)) {
        case 0 -> member(name, text);
        case 1 -> entry(name, text);
        case 2, 3 -> function(name, kind, text);
        case 4 -> general(name, text);
        default -> complete(name, kind, text);
      }
    }
    return text.toString();
  }

  String input() {
    return inputs.input();
  }

  private void complete(String name, Kind kind, StringBuilder text) {
    if (random.nextInt(3) == 0) {
      text.append("\ndefault ").append(name).append(" := ").append(terms.constant(kind, 1)).append('\n');
    }
    for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
      text.append('\n').append(name).append(" := ").append(ending(kind, rules));
      otherwise(kind, rules, text);
      text.append('\n');
    }
    rules.add(name, kind);
  }

  private void otherwise(Kind kind, Names names, StringBuilder text) {
    while (random.nextInt(3) == 0) {
      text.append(" else := ").append(ending(kind, names));
    }
  }

  private void member(String name, StringBuilder text) {
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      text.append('\n').append(name).append(" contains ").append(ending(terms.kind(), rules)).append('\n');
    }
    rules.add(name, Kind.SET);
  }

  private void entry(String name, StringBuilder text) {
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Body body = bodies.body(rules);
      text.append('\n').append(name).append('[').append(terms.term(Kind.TEXT, body.names(), 1))
          .append("] := ").append(terms.term(terms.kind(), body.names(), DEPTH)).append(body.text()).append('\n');
    }
    rules.add(name, Kind.OBJECT);
  }

  /** Heads with more than one key, and sets under keys. */
  private void general(String name, StringBuilder text) {
    boolean sets = random.nextBoolean();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Body body = bodies.body(rules);
      String first = random.nextBoolean() ? ".a" : "[" + terms.term(Kind.TEXT, body.names(), 1) + "]";
      String second = "[" + terms.term(random.nextBoolean() ? Kind.TEXT : Kind.NUMBER, body.names(), 1) + "]";
      text.append('\n').append(name).append(first).append(sets ? "" : second)
          .append(sets ? " contains " : " := ")
          .append(terms.term(terms.kind(), body.names(), DEPTH)).append(body.text()).append('\n');
    }
    rules.add(name, Kind.OBJECT);
  }

  private void function(String name, Kind kind, StringBuilder text) {
    String[] shapes = {"#", "#, #", "[#, #]", "{\"a\": #}, #"};
    String[] parameters = {"x", "x, y", "[x, y]", "{\"a\": x}, y"};
    int shape = random.nextInt(shapes.length);
    if (random.nextInt(4) == 0 && shape < 2) {
      text.append("\ndefault ").append(name).append('(').append(shape == 0 ? "_" : "_, _")
          .append(") := ").append(terms.constant(kind, 1)).append('\n');
    }
    for (int i = random.nextInt(3) == 0 ? 2 : 1; i > 0; i--) {
      Names names = rules.copy();
      String head = random.nextInt(5) == 0 ? shapes[shape].replace("#", terms.constant(Kind.NUMBER, 0)) : parameters[shape];
      if (head.contains("x")) {
        names.add("x", Kind.NUMBER);
      }
      if (head.contains("y")) {
        names.add("y", Kind.NUMBER);
      }
      text.append('\n').append(name).append('(').append(head).append(") := ").append(ending(kind, names));
      otherwise(kind, names, text);
      text.append('\n');
    }
    rules.addFunction(name, kind, shapes[shape]);
  }

  private String ending(Kind kind, Names names) {
    Body body = bodies.body(names);
    return terms.term(kind, body.names(), DEPTH) + body.text();
  }
}
