package dev.mcpguard.rego.value;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.Reader;

/** Builds values from the events of the JSON parser; depth is limited by the parser (1000). */
final class JsonReader {
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private final JsonParser parser;
  private final boolean strict;

  private JsonReader(JsonParser parser, boolean strict) {
    this.parser = parser;
    this.strict = strict;
  }

  static Value read(Reader reader, boolean strict) {
    try (JsonParser parser = PROVIDER.createParser(reader)) {
      Value value = new JsonReader(parser, strict).value(parser.next());
      if (parser.hasNext()) {
        throw new JsonFormatException("text after the json value", null);
      }
      return value;
    } catch (JsonFormatException e) {
      throw e;
    } catch (RuntimeException e) {
      // The parser reports its limit of depth by a plain exception.
      throw new JsonFormatException("invalid json: " + e.getMessage(), e);
    }
  }

  private Value value(JsonParser.Event event) {
    return switch (event) {
      case VALUE_NULL -> NullValue.NULL;
      case VALUE_TRUE -> BooleanValue.TRUE;
      case VALUE_FALSE -> BooleanValue.FALSE;
      case VALUE_NUMBER -> NumberValue.parse(parser.getString());
      case VALUE_STRING -> StringValue.of(scalarText(parser.getString()));
      case START_ARRAY -> array();
      case START_OBJECT -> object();
      case KEY_NAME, END_ARRAY, END_OBJECT ->
          throw new JsonFormatException("invalid json: unexpected " + event, null);
    };
  }

  private ArrayValue array() {
    ArrayValue.Builder builder = ArrayValue.builder();
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_ARRAY;
        event = parser.next()) {
      builder.add(value(event));
    }
    return builder.build();
  }

  private ObjectValue object() {
    ObjectValue.Builder builder = ObjectValue.builder();
    while (parser.next() == JsonParser.Event.KEY_NAME) {
      StringValue key = StringValue.of(scalarText(parser.getString()));
      if (strict && builder.get(key) != null) {
        throw new JsonFormatException("the member " + key + " is there twice", null);
      }
      builder.put(key, value(parser.next()));
    }
    return builder.build();
  }

  /** Surrogates without a partner become U+FFFD, as in Go; strict reading refuses them. */
  private String scalarText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return paired(text);
      }
    }
    return text;
  }

  private String paired(String text) {
    if (strict && text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw new JsonFormatException("a string holds half a surrogate pair", null);
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return out.toString();
  }
}
