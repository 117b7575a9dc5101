package dev.mcpguard.rego.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random inputs; fields may be absent or of another kind than the modules think. */
final class InputGenerator {
  private final Random random;
  private final TermGenerator terms;

  InputGenerator(Random random, TermGenerator terms) {
    this.random = random;
    this.terms = terms;
  }

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
