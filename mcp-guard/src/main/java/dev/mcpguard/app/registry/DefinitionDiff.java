package dev.mcpguard.app.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two definitions, by place and word by word, as lines that are safe to print:
 * {@code [-old-]} and {@code {+new+}}, or red and green on a terminal. Immutable.
 */
public final class DefinitionDiff {
  private static final int AROUND = 60;
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean coloured;
  private final List<String> lines = new ArrayList<>();

  private DefinitionDiff(boolean coloured) {
    this.coloured = coloured;
  }

  /** The lines; none when the definitions are the same. */
  public static List<String> lines(JsonObject before, JsonObject after, boolean coloured) {
    DefinitionDiff diff = new DefinitionDiff(coloured);
    diff.compare(leaves(before), leaves(after));
    return List.copyOf(diff.lines);
  }

  private void compare(Map<String, JsonValue> before, Map<String, JsonValue> after) {
    before.forEach(
        (place, value) -> {
          JsonValue now = after.get(place);
          if (now == null) {
            lines.add(VisibleText.of(place) + ": " + removed(text(value)));
          } else if (!now.equals(value)) {
            lines.add(VisibleText.of(place) + ": " + changed(text(value), text(now)));
          }
        });
    after.forEach(
        (place, value) -> {
          if (!before.containsKey(place)) {
            lines.add(VisibleText.of(place) + ": " + added(text(value)));
          }
        });
  }

  private String changed(String before, String after) {
    StringBuilder line = new StringBuilder();
    List<WordDiff.Stretch> stretches = WordDiff.of(before, after);
    for (int i = 0; i < stretches.size(); i++) {
      WordDiff.Stretch stretch = stretches.get(i);
      line.append(
          switch (stretch.fate()) {
            case KEPT -> kept(stretch.text(), i == 0, i == stretches.size() - 1);
            case REMOVED -> removed(stretch.text());
            case ADDED -> added(stretch.text());
          });
    }
    return line.toString();
  }

  /** What did not change is cut to what stands beside a change. */
  private static String kept(String text, boolean first, boolean last) {
    String safe = VisibleText.of(text);
    if (safe.length() <= 2 * AROUND) {
      return safe;
    }
    String head = first ? "" : safe.substring(0, AROUND);
    String tail = last ? "" : safe.substring(safe.length() - AROUND);
    return head + " \u2026 " + tail;
  }

  private String removed(String text) {
    String safe = VisibleText.of(text);
    return coloured ? RED + "[-" + safe + "-]" + PLAIN : "[-" + safe + "-]";
  }

  private String added(String text) {
    String safe = VisibleText.of(text);
    return coloured ? GREEN + "{+" + safe + "+}" + PLAIN : "{+" + safe + "+}";
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.value() : JsonText.text(value);
  }

  private static Map<String, JsonValue> leaves(JsonValue value) {
    Map<String, JsonValue> leaves = new LinkedHashMap<>();
    if (!value.equals(JsonObject.of())) {
      collect("", value, leaves);
    }
    return leaves;
  }

  private static void collect(String place, JsonValue value, Map<String, JsonValue> into) {
    switch (value) {
      case JsonObject object when !object.members().isEmpty() ->
          object
              .members()
              .forEach((name, member) -> collect(place + "/" + escaped(name), member, into));
      case JsonArray array when !array.values().isEmpty() -> {
        for (int i = 0; i < array.values().size(); i++) {
          collect(place + "/" + i, array.values().get(i), into);
        }
      }
      default -> into.put(place, value);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
