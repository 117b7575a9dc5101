package dev.mcpguard.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Seeded values and edits of them. */
final class RandomJson {
  private static final String[] NUMBERS = {
    "0", "-0", "1", "1.0", "1e0", "1E0", "10", "9007199254740993", "0.1", "0.10", "-1e-7", "1E+2"
  };
  private static final String[] PIECES = {
    "a",
    "b",
    "é",
    "e\u0301",
    "\uFB33",
    "\u20ac",
    "\uD83D\uDE00",
    "\"",
    "\\",
    "/",
    "\n",
    "\u0001",
    "\u007f",
    "\u2028",
    "<",
    "\uFEFF",
    "\uFFFD",
    " ",
    "name"
  };

  private final Random random;

  RandomJson(long seed) {
    random = new Random(seed);
  }

  JsonValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> new JsonString(text());
      case 1 -> new JsonNumber(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 2 -> JsonBoolean.of(random.nextBoolean());
      case 3 -> JsonNull.NULL;
      case 4 -> JsonNumber.of(random.nextLong());
      case 5 -> array(depth);
      default -> object(depth);
    };
  }

  JsonArray array(int depth) {
    List<JsonValue> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(value(depth - 1));
    }
    return new JsonArray(values);
  }

  JsonObject object(int depth) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      members.put(text(), value(depth - 1));
    }
    return new JsonObject(members);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** The same value with the members of every object in another order. */
  JsonValue shuffled(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        List<String> names = new ArrayList<>(object.members().keySet());
        Collections.shuffle(names, random);
        JsonObject.Builder builder = JsonObject.builder();
        for (String name : names) {
          builder.put(name, shuffled(member(object, name)));
        }
        yield builder.build();
      }
      case JsonArray array -> new JsonArray(array.values().stream().map(this::shuffled).toList());
      default -> value;
    };
  }

  private static JsonValue member(JsonObject object, String name) {
    return Objects.requireNonNull(object.get(name));
  }

  /** The text of the value with white space wherever JSON allows it, and needless escapes. */
  String spelledOut(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        List<String> members = new ArrayList<>();
        object
            .members()
            .forEach(
                (name, member) -> members.add(escaped(name) + space() + ":" + spelledOut(member)));
        yield space() + "{" + space() + String.join(space() + ",", members) + "}" + space();
      }
      case JsonArray array ->
          space()
              + "["
              + space()
              + String.join(",", array.values().stream().map(this::spelledOut).toList())
              + "]";
      case JsonString string -> space() + escaped(string.value()) + space();
      default -> space() + JsonText.text(value) + space();
    };
  }

  private String space() {
    return " \t\r\n".repeat(2).substring(random.nextInt(4), 4 + random.nextInt(4));
  }

  private String escaped(String text) {
    StringBuilder escaped = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      escaped.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
    }
    return escaped.append('"').toString();
  }

  /** A value that differs from this one in exactly one place. */
  JsonValue edited(JsonValue value) {
    return switch (value) {
      case JsonObject object when !object.members().isEmpty() && random.nextInt(3) > 0 -> {
        List<String> names = new ArrayList<>(object.members().keySet());
        String name = names.get(random.nextInt(names.size()));
        JsonValue member = member(object, name);
        yield random.nextInt(4) == 0 ? object.without(name) : object.with(name, edited(member));
      }
      case JsonObject object -> object.with("new " + random.nextInt(), JsonNull.NULL);
      case JsonArray array -> edited(array);
      case JsonString string ->
          new JsonString(string.value() + PIECES[random.nextInt(PIECES.length)]);
      case JsonNumber number -> new JsonNumber(number.text() + (number.isInteger() ? ".0" : "0"));
      case JsonBoolean flag -> JsonBoolean.of(!flag.value());
      case JsonNull none -> new JsonString("null");
    };
  }

  private JsonValue edited(JsonArray array) {
    List<JsonValue> values = new ArrayList<>(array.values());
    if (values.isEmpty() || random.nextInt(3) == 0) {
      values.add(random.nextInt(values.size() + 1), new JsonString("new"));
    } else {
      int at = random.nextInt(values.size());
      values.set(at, edited(values.get(at)));
    }
    return new JsonArray(values);
  }
}
