package dev.mcpguard.registry.poison;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Visits every string of a tool object, names of members included, because a model reads them all.
 * Recursion is bounded by the depth the JSON parser allows, and here once more.
 */
final class DefinitionWalk {
  static final int DEEPEST = 128;
  private final List<ScannedText> texts = new ArrayList<>();
  private int values;
  private int depth;

  static DefinitionWalk of(JsonObject tool) {
    DefinitionWalk walk = new DefinitionWalk();
    walk.visit("", tool, 0);
    return walk;
  }

  private void visit(String place, JsonValue value, int level) {
    values++;
    depth = Math.max(depth, level);
    if (level > DEEPEST) {
      return; // reported as too deep
    }
    switch (value) {
      case JsonString(String text) -> 
          texts.add(new ScannedText(place, text, place.equals("/name")));
      case JsonArray(List<JsonValue> elements) -> elements(place, elements, level);
      case JsonObject object -> members(place, object, level);
      case JsonNumber number -> {}
      case JsonBoolean bool -> {}
      case JsonNull nothing -> {}
    }
  }

  private void elements(String place, List<JsonValue> elements, int level) {
    for (int i = 0; i < elements.size(); i++) {
      visit(place + "/" + i, elements.get(i), level + 1);
    }
  }

  private void members(String place, JsonObject object, int level) {
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      String child = Pointer.child(place, member.getKey());
      texts.add(new ScannedText(child, member.getKey(), true));
      visit(child, member.getValue(), level + 1);
    }
  }

  List<ScannedText> texts() {
    return List.copyOf(texts);
  }

  int values() {
    return values;
  }

  int depth() {
    return depth;
  }
}
