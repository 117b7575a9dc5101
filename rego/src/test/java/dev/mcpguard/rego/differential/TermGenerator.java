package dev.mcpguard.rego.differential;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random terms of Rego. */
final class TermGenerator {
  private static final String[] TEXTS = {
    "", "a", "b", "ab", "A", "ä", "a,b,c", "10", "-1.5", "x y", "日本", "\\u0000", "0x1", "😀", "a.b"
  };
  private static final String[] NUMBERS = {
    "0", "1", "2", "3", "-1", "-7", "10", "0.5", "1.25", "2.50", "1e3", "100000000000000000000",
    "0.1", "-0.3", "9007199254740993", "1e-7", "123456789012345678901234567890", "1e21", "-1152921504606846976"
  };
  private static final Kind[] KINDS = Kind.values();

  private final RandomGenerator random;
  private final Form form;
  private int variables;

  TermGenerator(RandomGenerator random, Form form) {
    this.random = random;
    this.form = form;
  }

  Kind kind() {
    return KINDS[random.nextInt(KINDS.length)];
  }

  String variable() {
    return "v" + variables++;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A literal without variables. */
  String constant(Kind kind, int depth) {
    return switch (kind) {
      case NUMBER -> pick(NUMBERS);
      case TEXT -> '"' + pick(TEXTS) + '"';
      case BOOL -> pick("true", "false");
      case ARRAY -> "[" + constants(depth) + "]";
      case SET -> {
        String members = constants(depth);
        yield members.isEmpty() ? "set()" : "{" + members + "}";
      }
      case OBJECT -> "{" + pick("", "\"a\": " + any(depth), "\"b\": 1, \"a\": " + any(depth)) + "}";
    };
  }

  private String any(int depth) {
    return depth <= 0 ? constant(Kind.NUMBER, 0) : constant(kind(), depth - 1);
  }

  private String constants(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(any(depth)).append(i > 1 ? ", " : "");
    }
    return text.toString();
  }

  /** An expression; deeper with more depth. */
  String term(Kind kind, Names names, int depth) {
    int choice = random.nextInt(10);
    if (depth <= 0 || choice < 2) {
      return leaf(kind, names);
    }
    int below = depth - 1;
    if (choice == 2) {
      return element(kind, names, below);
    }
    return switch (kind) {
      case NUMBER -> number(names, below);
      case TEXT -> text(names, below);
      case BOOL -> bool(names, below);
      case ARRAY -> array(names, below);
      case SET -> set(names, below);
      case OBJECT -> object(names, below);
    };
  }

  private String leaf(Kind kind, Names names) {
    Names.@Nullable Name name = random.nextInt(3) > 0 ? names.any(kind, random) : null;
    if (name != null) {
      String arguments = name.arguments();
      return arguments == null ? name.text() : name.text() + "(" + filled(arguments, names) + ")";
    }
    return random.nextInt(3) == 0 ? constant(kind, 1) : input(kind);
  }

  private String filled(String arguments, Names names) {
    StringBuilder text = new StringBuilder();
    for (char each : arguments.toCharArray()) {
      Names.@Nullable Name name = each == '#' && random.nextBoolean() ? names.any(Kind.NUMBER, random) : null;
      text.append(
          each != '#' ? String.valueOf(each)
              : name == null || name.arguments() != null ? constant(Kind.NUMBER, 0) : name.text());
    }
    return text.toString();
  }

  private String input(Kind kind) {
    return switch (kind) {
      case NUMBER -> pick("input.n", "input.m", "input.o.n", "data.base.n");
      case TEXT -> pick("input.s", "input.t", "input.o.s", "data.base.s");
      case BOOL -> pick("input.b", "input.o.b");
      case ARRAY -> pick("input.a", "input.z", "data.base.a", "input.o.a");
      case SET -> pick("{x | x := input.a[_]}", "{x | some x in data.base.a}");
      case OBJECT -> pick("input.o", "input.p", "data.base.o", "input");
    };
  }

  private String element(Kind kind, Names names, int depth) {
    return switch (random.nextInt(3)) {
      case 0 -> "input.any";
      case 1 -> {
        String term = names.any(Kind.OBJECT, random) == null ? "input.o" : leaf(Kind.OBJECT, names);
        yield term.startsWith("{") || term.contains("(") ? constant(kind, depth) : term + "." + pick("a", "b", "n");
      }
      default -> "input.z[" + pick("0", "1", "-1", "2") + "]";
    };
  }

  private String number(Names names, int d) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          // OPA takes a divisor of `%` as 64 bits and refuses those whose low 64 bits are zero.
          "(" + term(Kind.NUMBER, names, d)
              + pick(" % 3", " % -7", pick(" + ", " - ", " * ", " / ") + term(Kind.NUMBER, names, d)) + ")";
      case 3 -> "count(" + term(collection(), names, d) + ")";
      case 4 -> pick("sum", "product", "max", "min") + "(input.a)";
      case 5 -> pick("abs", "round", "ceil", "floor") + "(" + term(Kind.NUMBER, names, d) + ")";
      case 6 -> {
        String call = "to_number(" + term(Kind.TEXT, names, d) + ")";
        yield form.settled() ? "(" + call + " + 0)" : call;
      }
      case 7 -> "indexof(" + term(Kind.TEXT, names, d) + ", " + term(Kind.TEXT, names, d) + ")";
      case 8 -> "bits.and(" + pick("3", "12") + ", " + term(Kind.NUMBER, names, d) + ")";
      case 9 -> "count(" + term(Kind.TEXT, names, d) + ")";
      case 10 -> "object.get(" + term(Kind.OBJECT, names, d) + ", \"n\", " + pick(NUMBERS) + ")";
      default -> "max([" + term(Kind.NUMBER, names, d) + ", " + term(Kind.NUMBER, names, d) + "])";
    };
  }

  private Kind collection() {
    return switch (random.nextInt(3)) {
      case 0 -> Kind.ARRAY;
      case 1 -> Kind.SET;
      default -> Kind.OBJECT;
    };
  }

  private String text(Names names, int d) {
    String term = term(Kind.TEXT, names, d);
    return switch (random.nextInt(14)) {
      case 0 -> pick("upper", "lower", "trim_space", "base64.encode", "urlquery.encode",
          "crypto.sha256", "hex.encode") + "(" + term + ")";
      case 1 -> "concat(" + pick("\"\"", "\"-\"") + ", [" + term + ", " + term(Kind.TEXT, names, d) + "])";
      case 2 -> "sprintf(\"%v|%s|%d\", [" + term(kind(), names, d) + ", " + term + ", "
          + term(Kind.NUMBER, names, d) + "])";
      case 3 -> "substring(" + term + ", " + pick("0", "1", "2") + ", " + pick("-1", "0", "1", "5") + ")";
      case 4 -> "replace(" + term + ", \"a\", " + term(Kind.TEXT, names, 0) + ")";
      case 5 -> "type_name(" + term(kind(), names, d) + ")";
      case 6 -> "json.marshal(" + term(kind(), names, d) + ")";
      case 7 -> "format_int(" + term(Kind.NUMBER, names, d) + ", " + pick("2", "8", "10", "16") + ")";
      case 8 -> pick("trim", "trim_left", "trim_right", "trim_prefix", "trim_suffix")
          + "(" + term + ", \"a\")";
      case 9 -> "strings.reverse(" + term + ")";
      case 10 -> "regex.replace(" + term + ", `[a-c]+`, \"<$0>\")";
      case 11 -> "sprintf(\"%5.2f %q %x\", [" + term(Kind.NUMBER, names, d) + ", " + term + ", "
          + term(Kind.NUMBER, names, 0) + "])";
      case 12 -> "concat(\",\", " + term(pick("", "x").isEmpty() ? Kind.ARRAY : Kind.SET, names, d) + ")";
      default -> "$\"{" + leaf(kind(), names) + "}:{" + number(names, 0) + "}" + pick("x", "") + "\"";
    };
  }

  private String bool(Names names, int d) {
    Kind kind = kind();
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> "(" + term(kind, names, d) + pick(" == ", " != ", " < ", " <= ", " > ", " >= ")
          + term(kind, names, d) + ")";
      case 3 -> pick("startswith", "endswith", "contains") + "(" + term(Kind.TEXT, names, d) + ", "
          + term(Kind.TEXT, names, d) + ")";
      case 4, 5 -> "(" + term(kind, names, d) + " in " + term(collection(), names, d) + ")";
      case 6 -> pick("is_number", "is_string", "is_array", "is_object", "is_set", "is_boolean",
          "is_null") + "(" + term(kind, names, d) + ")";
      case 7 -> "regex.match(" + pick("`^a`", "`[0-9]+`", "`b$`", "`.*`") + ", "
          + term(Kind.TEXT, names, d) + ")";
      case 8 -> "glob.match(" + pick("\"a*\"", "\"*.b\"", "\"{a,b}\"") + ", " + pick("[]", "[\".\"]", "null")
          + ", " + term(Kind.TEXT, names, d) + ")";
      default -> "semver.is_valid(" + pick("\"1.2.3\"", "input.s") + ")";
    };
  }

  private String array(Names names, int d) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> "[" + term(kind(), names, d) + ", " + term(kind(), names, d) + "]";
      case 2, 3 -> comprehension("[", "]", names, d);
      case 4 -> "split(" + term(Kind.TEXT, names, d) + ", \",\")";
      case 5 -> "sort(" + term(pick("", "x").isEmpty() ? Kind.ARRAY : Kind.SET, names, d) + ")";
      case 6 -> "array.concat(" + term(Kind.ARRAY, names, d) + ", " + term(Kind.ARRAY, names, d) + ")";
      case 7 -> "array.slice(" + term(Kind.ARRAY, names, d) + ", " + pick("0", "1", "-1") + ", "
          + pick("1", "2", "9") + ")";
      case 8 -> "numbers.range(" + pick("0", "1", "3") + ", " + pick("0", "2", "4") + ")";
      default -> "array.reverse(" + term(Kind.ARRAY, names, d) + ")";
    };
  }

  private String set(Names names, int d) {
    return switch (random.nextInt(6)) {
      case 0 -> {
        String literal = "{" + term(kind(), names, d) + ", " + term(kind(), names, d) + "}";
        yield form.settled() ? "(" + literal + " | set())" : literal;
      }
      case 1, 2 -> comprehension("{", "}", names, d);
      case 3, 4 -> "(" + term(Kind.SET, names, d) + pick(" | ", " & ", " - ") + term(Kind.SET, names, d) + ")";
      default -> "object.keys(" + term(Kind.OBJECT, names, d) + ")";
    };
  }

  private String object(Names names, int d) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> "{\"a\": " + term(kind(), names, d) + ", \"b\": " + term(kind(), names, d) + "}";
      case 2 -> {
        Names inner = names.copy();
        String key = variable();
        String value = variable();
        inner.add(value, Kind.NUMBER);
        yield "{" + key + ": " + term(kind(), inner, d) + " | some " + key + ", " + value + " in "
            + domain(names, d) + "; " + value + " != [" + key + "]}";
      }
      case 3 -> "object.union(" + term(Kind.OBJECT, names, d) + ", " + term(Kind.OBJECT, names, d) + ")";
      case 4 -> "object.remove(" + term(Kind.OBJECT, names, d) + ", [\"a\"])";
      case 5 -> "object.filter(" + term(Kind.OBJECT, names, d) + ", {\"a\", \"n\"})";
      case 6 -> "json.patch(" + term(Kind.OBJECT, names, d) + ", [{\"op\": " + pick("\"add\"", "\"replace\"")
          + ", \"path\": \"/a\", \"value\": " + term(kind(), names, 0) + "}])";
      default -> "json.remove(" + term(Kind.OBJECT, names, d) + ", [\"o/a\", \"a\"])";
    };
  }

  /**
   * A collection to go through. OPA goes through a set written with calls or variables in an order of its own
   * ({@code docs/decisions/0062}), so none stands here as it is.
   */
  String domain(Names names, int depth) {
    String term = term(collection(), names, depth);
    boolean literalSet = term.startsWith("{") && !term.startsWith("{\"") && !term.contains(" | ")
        || term.startsWith("{\"") && !term.contains("\": ");
    return literalSet ? "(" + term + " | set())" : term;
  }

  private String comprehension(String open, String close, Names names, int d) {
    Names inner = names.copy();
    String element = variable();
    inner.add(element, kind());
    if (random.nextInt(4) == 0) {
      String index = variable();
      inner.add(index, Kind.NUMBER);
      return open + term(kind(), inner, d) + " | " + element + " := input." + pick("a", "z", "o") + "[" + index
          + "]; not " + term(Kind.BOOL, inner, d) + close;
    }
    return open + term(kind(), inner, d) + " | some " + element + " in "
        + domain(names, d) + "; " + element + " != 0; " + term(Kind.BOOL, inner, d) + close;
  }
}
