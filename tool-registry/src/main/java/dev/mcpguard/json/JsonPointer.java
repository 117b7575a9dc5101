package dev.mcpguard.json;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON pointer (RFC 6901) of at most 1024 characters. Immutable and thread-safe. The constructor
 * throws {@link IllegalArgumentException} for text that is none; {@link #ofText} answers null
 * instead.
 */
public record JsonPointer(String text) {
  private static final int LONGEST = 1024;
  private static final Pattern SPELLING = Pattern.compile("(?:/(?:[^~/]++|~[01])*+)*+");

  public JsonPointer {
    if (!isPointer(text)) {
      throw new IllegalArgumentException("not a json pointer: " + Excerpt.of(text));
    }
  }

  public static @Nullable JsonPointer ofText(String text) {
    return isPointer(text) ? new JsonPointer(text) : null;
  }

  private static boolean isPointer(String text) {
    return text.length() <= LONGEST && SPELLING.matcher(text).matches();
  }

  /** The pointer to a member of the root object. */
  public static JsonPointer ofName(String name) {
    return new JsonPointer(YamlDocument.child("", name));
  }

  /** The unescaped steps. */
  public List<String> steps() {
    if (text.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(text.substring(1).split("/", -1))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** The value pointed at, or null when there is none. */
  public @Nullable JsonValue find(JsonValue root) {
    JsonValue at = root;
    for (String step : steps()) {
      at =
          switch (at) {
            case JsonObject object -> object.get(step);
            case JsonArray array -> element(array, step);
            case JsonString scalar -> null;
            case JsonNumber scalar -> null;
            case JsonBoolean scalar -> null;
            case JsonNull scalar -> null;
          };
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private static @Nullable JsonValue element(JsonArray array, String step) {
    if (!step.matches("0|[1-9][0-9]{0,8}")) {
      return null;
    }
    int index = Integer.parseInt(step);
    return index < array.values().size() ? array.values().get(index) : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
