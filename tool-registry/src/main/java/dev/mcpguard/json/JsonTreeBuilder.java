package dev.mcpguard.json;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.eclipse.parsson.JsonProviderImpl;

/**
 * Builds our values from the events of Parsson's streaming parser, adding the checks it lacks. One
 * per document, not thread-safe.
 */
final class JsonTreeBuilder {
  // Named, not looked up: another provider on the class path must not become the parser that
  // judges.
  private static final JsonParserFactory PARSERS =
      new JsonProviderImpl().createParserFactory(Map.of());

  private final String text;
  private final JsonLimits limits;
  private final boolean escapes;
  private final JsonParser parser;
  private int members;

  JsonTreeBuilder(String text, JsonLimits limits) {
    this.text = text;
    this.limits = limits;
    // only a \\u escape can make a lone surrogate or a NUL out of valid UTF-8
    this.escapes = text.contains("\\u");
    this.parser = PARSERS.createParser(new TextReader(text));
  }

  JsonValue document() throws MalformedJsonException {
    try (parser) {
      JsonValue value = value(parser.next(), 0);
      if (parser.hasNext()) {
        throw refuse("more text after the value");
      }
      return value;
    } catch (JsonException | NoSuchElementException notJson) {
      throw unexpected();
    }
  }

  private JsonValue value(Event event, int depth) throws MalformedJsonException {
    return switch (event) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> array(depth + 1);
      case VALUE_STRING -> new JsonString(string());
      case VALUE_NUMBER -> number();
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      case KEY_NAME, END_ARRAY, END_OBJECT -> throw unexpected();
    };
  }

  private JsonObject object(int depth) throws MalformedJsonException {
    checkDepth(depth);
    MemberTable values = new MemberTable(4);
    for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
      countMember();
      String name = name();
      if (values.put(name, value(parser.next(), depth))) {
        throw refuse("duplicate name " + Excerpt.of(name));
      }
    }
    return new JsonObject(new FrozenMembers(values));
  }

  private JsonArray array(int depth) throws MalformedJsonException {
    checkDepth(depth);
    List<JsonValue> values = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      countMember();
      values.add(value(event, depth));
    }
    return new JsonArray(values);
  }

  private String name() throws MalformedJsonException {
    String name = string();
    if (escapes && name.indexOf('\0') >= 0) {
      throw refuse("name with a nul character");
    }
    return name;
  }

  private String string() throws MalformedJsonException {
    String string = parser.getString();
    if (escapes && Surrogates.anyLone(string)) {
      throw refuse("string with a lone surrogate");
    }
    return string;
  }

  private JsonNumber number() throws MalformedJsonException {
    String number = parser.getString();
    if (number.length() > limits.numberLength()) {
      throw refuse("number longer than " + limits.numberLength() + " characters");
    }
    if (!NumberGrammar.exponentWithin(number, limits.exponent())) {
      throw refuse("number with an exponent beyond " + limits.exponent());
    }
    return new JsonNumber(number);
  }

  private void checkDepth(int depth) throws MalformedJsonException {
    // INVARIANT: checked before descending, so the recursion here is as deep as the limit at most
    if (depth > limits.depth()) {
      throw refuse("nested deeper than " + limits.depth());
    }
  }

  private void countMember() throws MalformedJsonException {
    if (++members > limits.members()) {
      throw refuse("more than " + limits.members() + " members and elements");
    }
  }

  private MalformedJsonException refuse(String problem) {
    return Place.at(text, parser.getLocation().getStreamOffset()).refuse(problem);
  }

  private MalformedJsonException unexpected() {
    long offset = parser.getLocation().getStreamOffset();
    return offset >= text.length()
        ? Place.at(text, offset).refuse("not valid json: ends too early")
        : refuse("not valid json");
  }
}
