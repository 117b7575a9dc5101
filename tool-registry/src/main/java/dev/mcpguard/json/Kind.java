package dev.mcpguard.json;

/** Names the type of a value in a sentence. */
final class Kind {
  private Kind() {}

  static String of(JsonValue value) {
    return switch (value) {
      case JsonObject object -> "fields";
      case JsonArray array -> "a list";
      case JsonString string -> "text";
      case JsonNumber number -> "a number";
      case JsonBoolean flag -> "true or false";
      case JsonNull none -> "nothing";
    };
  }
}
