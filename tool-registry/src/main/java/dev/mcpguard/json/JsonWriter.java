package dev.mcpguard.json;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes values as JSON text without white space; not thread-safe, one per document. */
final class JsonWriter {
  private static final String[] NONE = {};

  private final StringBuilder out;
  private final boolean sorted;

  private JsonWriter(boolean sorted, StringBuilder out) {
    this.sorted = sorted;
    this.out = out;
  }

  static String write(JsonValue value, boolean sorted) {
    StringBuilder out = new StringBuilder(256);
    write(value, sorted, out);
    return out.toString();
  }

  static void write(JsonValue value, boolean sorted, StringBuilder out) {
    new JsonWriter(sorted, out).value(value);
  }

  private void value(JsonValue value) {
    switch (value) {
      case JsonObject object -> object(object.members());
      case JsonArray array -> array(array.values());
      case JsonString string -> string(string.value());
      case JsonNumber number -> out.append(number.text());
      case JsonBoolean flag -> out.append(flag.value() ? "true" : "false");
      case JsonNull none -> out.append("null");
    }
  }

  private void object(Map<String, JsonValue> members) {
    // names only: a sort of entries would wrap each one first
    String[] names = members.keySet().toArray(NONE);
    if (sorted) {
      // RFC 8785 3.2.3: UTF-16 code units, which is what String.compareTo compares
      Arrays.sort(names);
    }
    char before = '{';
    for (String name : names) {
      out.append(before);
      before = ',';
      string(name);
      out.append(':');
      JsonValue value = members.get(name);
      if (value != null) {
        value(value);
      }
    }
    out.append(names.length == 0 ? "{}" : "}");
  }

  private void array(List<JsonValue> values) {
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(values.get(i));
    }
    out.append(']');
  }

  /** RFC 8785 3.2.2.2: the two-character escapes, lower-case hexadecimal, everything else as is. */
  private void string(String text) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(text, copied, i);
        escape(c);
        copied = i + 1;
      } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        i = endOfPair(text, i);
      }
    }
    out.append(text, copied, text.length()).append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> out.append("\\u").append(HexFormat.of().toHexDigits(c));
    }
  }

  private static int endOfPair(String text, int at) {
    // INVARIANT: no two different values have the same bytes; UTF-8 would turn each lone surrogate
    // into the same replacement, and the parsers let none in
    if (!Surrogates.pairAt(text, at)) {
      throw new IllegalArgumentException("text with a lone surrogate cannot be written");
    }
    return at + 1;
  }
}
