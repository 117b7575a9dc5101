package dev.mcpguard.rego.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random bodies. Some bind variables in any order, unless the form says that every variable is bound before its use.
 */
final class BodyGenerator {
  private static final int DEPTH = 2;
  private static final int LITERALS = 17;

  private final Random random;
  private final Random shuffles;
  private final Form form;
  private final TermGenerator terms;

  BodyGenerator(Random random, Random shuffles, Form form, TermGenerator terms) {
    this.random = random;
    this.shuffles = shuffles;
    this.form = form;
    this.terms = terms;
  }

  /** A body and the names known behind it. */
  record Body(String text, Names names) {}

  Body body(Names outer) {
    Names names = outer.copy();
    List<String> literals = new ArrayList<>();
    boolean shuffled = random.nextInt(4) == 0;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      literals.add(shuffled ? unordered(names) : literal(names));
    }
    if (shuffled && !form.ordered()) {
      Collections.shuffle(literals, shuffles);
    }
    return new Body(" if {\n\t" + String.join("\n\t", literals) + "\n}", names);
  }

  private String unordered(Names names) {
    Kind kind = terms.kind();
    String name = terms.variable();
    String term = terms.term(kind, names, DEPTH);
    names.add(name, kind);
    return random.nextBoolean()
        ? name + " = " + term
        : term + " = " + name;
  }

  private String literal(Names names) {
    Kind kind = terms.kind();
    String bool = terms.term(Kind.BOOL, names, DEPTH);
    String term = terms.term(kind, names, DEPTH);
    return switch (random.nextInt(LITERALS)) {
      case 0, 1 -> assigned(kind, term, names);
      case 2, 3, 4 -> some(kind, names);
      case 5 -> "not " + negated(bool, names);
      case 6, 7 -> every(kind, names);
      case 8 -> bool + changed(names);
      case 9 -> assigned(kind, term + changed(names), names);
      case 10, 11 -> destructured(kind, term, names);
      case 12, 13 -> enumerated(names);
      default -> bool;
    };
  }

  private String assigned(Kind kind, String term, Names names) {
    String name = terms.variable();
    names.add(name, kind);
    return name + " := " + term;
  }

  private Kind collection() {
    return random.nextBoolean() ? Kind.ARRAY : Kind.OBJECT;
  }

  private String some(Kind kind, Names names) {
    String collection = terms.term(collection(), names, 1);
    String name = terms.variable();
    String other = terms.variable();
    names.add(other, kind);
    return switch (random.nextInt(4)) {
      case 0 -> "some " + other + " in " + collection + "\n\t" + other + " != []";
      case 1 -> {
        names.add(name, Kind.NUMBER);
        yield "some [" + name + ", " + other + "] in [[1, " + terms.term(kind, names.copy(), 0).replace(other, "2")
            .replace(name, "3") + "], " + terms.constant(Kind.ARRAY, 1) + "]";
      }
      case 2 -> "some {\"a\": " + other + "} in [" + collection + "]";
      default -> {
        names.add(name, Kind.TEXT);
        yield "some " + name + ", " + other + " in " + collection
            + "\n\t[" + name + ", " + other + "] != []";
      }
    };
  }

  private String negated(String bool, Names names) {
    return switch (random.nextInt(4)) {
      case 0 -> "input.o[" + terms.term(Kind.TEXT, names, 1) + "]";
      case 1 -> terms.term(Kind.SET, names, 1) + "[" + terms.term(Kind.NUMBER, names, 1) + "]";
      default -> bool;
    };
  }

  private String every(Kind kind, Names names) {
    Names inner = names.copy();
    String name = terms.variable();
    String key = terms.variable();
    String domain = terms.term(random.nextBoolean() ? Kind.SET : collection(), names, 1);
    inner.add(name, kind);
    String bool = terms.term(Kind.BOOL, inner, 1);
    return random.nextBoolean()
        ? "every " + name + " in " + domain + " { " + name + " != 5; " + bool + " }"
        : "every " + key + ", " + name + " in " + domain + " { [" + key + ", " + name + "] != []; "
            + assigned(kind, name, inner) + "; " + bool + " }";
  }

  /** One or two modifiers. */
  private String changed(Names names) {
    return modifier(names) + (random.nextInt(4) == 0 ? modifier(names) : "");
  }

  private String modifier(Names names) {
    Names.@Nullable Name rule = names.rule(random);
    Names.@Nullable Name function = names.function(random);
    String value = terms.constant(terms.kind(), 1);
    return switch (random.nextInt(7)) {
      case 0 -> " with input.s as " + value;
      case 1 -> " with input.o.n as " + terms.term(Kind.NUMBER, names, 1);
      case 2 -> " with data.base.n as " + value;
      case 3 -> " with input as " + terms.constant(Kind.OBJECT, 1);
      case 4 -> rule == null ? " with data.base as {\"n\": 1}" : " with data.fuzz." + rule.text() + " as " + value;
      case 5 -> function == null ? " with count as 2" : " with " + function.text() + " as " + value;
      default -> " with " + (random.nextBoolean() ? "abs" : "round") + " as floor";
    };
  }

  private String destructured(Kind kind, String term, Names names) {
    String name = terms.variable();
    String other = terms.variable();
    String number = terms.term(Kind.NUMBER, names, 0);
    names.add(name, Kind.NUMBER);
    names.add(other, kind);
    return switch (random.nextInt(4)) {
      case 0 -> "[" + name + ", " + other + "] = [" + number + ", " + term + "]";
      case 1 -> "{\"a\": " + name + ", \"b\": [" + other + "]} := {\"a\": " + number + ", \"b\": [" + term + "]}";
      case 2 -> "[" + name + ", " + number + "] = [1, " + other + "]";
      default -> "[" + name + ", {\"x\": [" + other + ", _]}] = [" + number + ", {\"x\": [" + term + ", 1]}]";
    };
  }

  private String enumerated(Names names) {
    String name = terms.variable();
    Names.@Nullable Name rule = names.any(collection(), random);
    String start = rule == null || rule.arguments() != null ? "input.a" : rule.text();
    String literal = switch (random.nextInt(6)) {
      case 0 -> "input.a[" + name + "]";
      case 1 -> "input.o[" + name + "]";
      case 2 -> start + "[" + name + "]";
      case 3 -> start + "[" + name + "] != " + terms.term(Kind.NUMBER, names, 1);
      case 4 -> "input.z[_][" + name + "] = " + terms.variable();
      default -> "input.a[_] = " + name;
    };
    names.add(name, Kind.TEXT);
    return literal;
  }
}
