package dev.mcpguard.release;

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

/** Blanks the values a path points to. Pure; one use per document, not thread-safe. */
final class Redaction {
  static final JsonString BLANK = new JsonString("[redacted]");

  private final List<String> found = new ArrayList<>();

  /**
   * The path does not fit the document: what it means to hide may be there in another shape. The
   * message is for the record.
   */
  static final class UnsafeException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsafeException(String detail) {
      super(detail, null, false, false);
    }
  }

  /** Pointers of what was blanked so far. */
  List<String> found() {
    return found;
  }

  /** {@code root} without what {@code steps} lead to; {@code at} is the pointer to {@code root}. */
  JsonValue blank(JsonValue root, List<String> steps, String at) throws UnsafeException {
    if (steps.isEmpty()) {
      found.add(at);
      return BLANK;
    }
    return switch (root) {
      case JsonObject object -> object(object, steps, at);
      case JsonArray array -> array(array, steps, at);
      case JsonNull absent -> absent;
      case JsonString scalar -> throw unfit(steps);
      case JsonNumber scalar -> throw unfit(steps);
      case JsonBoolean scalar -> throw unfit(steps);
    };
  }

  private JsonObject object(JsonObject object, List<String> steps, String at)
      throws UnsafeException {
    String step = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    JsonObject blanked = object;
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      if (step.equals("*") || step.equals(member.getKey())) {
        String name = member.getKey();
        String below = at + "/" + name.replace("~", "~0").replace("/", "~1");
        blanked = blanked.with(name, blank(member.getValue(), rest, below));
      }
    }
    return blanked;
  }

  private JsonArray array(JsonArray array, List<String> steps, String at) throws UnsafeException {
    String step = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    boolean index = step.matches("0|[1-9][0-9]{0,8}");
    if (!index && !step.equals("*")) {
      throw unfit(steps);
    }
    List<JsonValue> blanked = new ArrayList<>(array.values());
    for (int i = 0; i < blanked.size(); i++) {
      if (!index || step.equals(Integer.toString(i))) {
        blanked.set(i, blank(blanked.get(i), rest, at + "/" + i));
      }
    }
    return new JsonArray(blanked);
  }

  private static UnsafeException unfit(List<String> steps) {
    return new UnsafeException(
        "a redaction does not fit the answer: nothing can be below `" + steps.getFirst() + "`");
  }
}
