package dev.mcpguard.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes values as JSON in UTF-8 without white space, in one pass over the text; not thread-safe, one
 * per document.
 */
final class JsonWriter {
  private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What stands in a string as it is, in one byte. */
  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    Arrays.fill(PLAIN, ' ', 0x7F, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  private final boolean sorted;
  private byte[] out = new byte[512];
  private int length;

  JsonWriter(boolean sorted) {
    this.sorted = sorted;
  }

  static byte[] bytes(JsonValue value, boolean sorted) {
    JsonWriter writer = new JsonWriter(sorted);
    writer.value(value);
    return writer.take();
  }

  static String text(JsonValue value, boolean sorted) {
    JsonWriter writer = new JsonWriter(sorted);
    writer.value(value);
    return new String(writer.out, 0, writer.length, StandardCharsets.UTF_8);
  }

  /** What was written since the last time. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(out, length);
    length = 0;
    return taken;
  }

  void value(JsonValue value) {
    switch (value) {
      case JsonObject object -> object(FrozenMembers.of(object.members()));
      case JsonArray array -> array(array.values());
      case JsonString string -> string(string.value());
      case JsonNumber number -> ascii(number.text());
      case JsonBoolean flag -> ascii(flag.value() ? "true" : "false");
      case JsonNull none -> ascii("null");
    }
  }

  private void object(FrozenMembers members) {
    byte[] kept = sorted ? members.canonical() : null;
    if (kept != null) {
      room(kept.length);
      System.arraycopy(kept, 0, out, length, kept.length);
      length += kept.length;
      return;
    }
    MemberTable table = members.table();
    int[] order = sorted ? MemberOrder.of(table) : null;
    put('{');
    for (int i = 0; i < table.size(); i++) {
      if (i > 0) {
        put(',');
      }
      int at = order == null ? i : order[i];
      string(table.name(at));
      put(':');
      value(table.value(at));
    }
    put('}');
  }

  private void array(List<JsonValue> values) {
    put('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        put(',');
      }
      value(values.get(i));
    }
    put(']');
  }

  /** RFC 8785 3.2.2.2: the two-character escapes, lower-case hexadecimal, everything else as is. */
  void string(String text) {
    room(text.length() + 2);
    put('"');
    int plain = plain(text);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      room(text.length() - i + 6);
      if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        pair(text, i);
        i++;
      } else {
        character(c);
      }
    }
    put('"');
  }

  /** Copies what needs neither escape nor a second byte, which is nearly everything. */
  @SuppressWarnings("deprecation") // it drops high bytes, so only where there are none is it kept
  private int plain(String text) {
    int count = 0;
    while (count < text.length() && PLAIN[Math.min(text.charAt(count), 0x7F)]) {
      count++;
    }
    text.getBytes(0, count, out, length);
    length += count;
    return count;
  }

  private void escape(char c) {
    out[length++] = '\\';
    int at = "\"\\\b\t\n\f\r".indexOf(c);
    if (at >= 0) {
      out[length++] = (byte) "\"\\btnfr".charAt(at);
      return;
    }
    ascii("u00");
    out[length++] = HEXADECIMAL[c >> 4];
    out[length++] = HEXADECIMAL[c & 0xF];
  }

  private void character(int c) {
    if (c < 0x80) {
      out[length++] = (byte) c;
    } else if (c < 0x800) {
      out[length++] = (byte) (0xC0 | c >> 6);
      out[length++] = (byte) (0x80 | c & 0x3F);
    } else {
      out[length++] = (byte) (0xE0 | c >> 12);
      out[length++] = (byte) (0x80 | c >> 6 & 0x3F);
      out[length++] = (byte) (0x80 | c & 0x3F);
    }
  }

  private void pair(String text, int at) {
    // INVARIANT: no two different values have the same bytes; UTF-8 would turn each lone surrogate
    // into the same replacement, and the parsers let none in
    if (!Surrogates.pairAt(text, at)) {
      throw new IllegalArgumentException("text with a lone surrogate cannot be written");
    }
    int c = text.codePointAt(at);
    out[length++] = (byte) (0xF0 | c >> 18);
    out[length++] = (byte) (0x80 | c >> 12 & 0x3F);
    out[length++] = (byte) (0x80 | c >> 6 & 0x3F);
    out[length++] = (byte) (0x80 | c & 0x3F);
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      out[length++] = (byte) text.charAt(i);
    }
  }

  void put(char c) {
    room(1);
    out[length++] = (byte) c;
  }

  private void room(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
    }
  }
}
