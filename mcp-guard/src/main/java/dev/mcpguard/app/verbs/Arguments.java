package dev.mcpguard.app.verbs;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Reads arguments whose shape the input schema has settled. Pure. */
final class Arguments {
  private Arguments() {}

  /** A required text. */
  static String text(JsonObject arguments, String name) {
    String text = arguments.string(name);
    if (text == null) {
      throw new IllegalArgumentException("the schema lets no call without `" + name + "` through");
    }
    return text;
  }

  /** The texts of an array; none when it is absent. */
  static List<String> texts(JsonObject arguments, String name) {
    JsonArray array = arguments.array(name);
    List<String> texts = new ArrayList<>();
    for (JsonValue value : array == null ? List.<JsonValue>of() : array.values()) {
      if (value instanceof JsonString(String text)) {
        texts.add(text);
      }
    }
    return texts;
  }
}
