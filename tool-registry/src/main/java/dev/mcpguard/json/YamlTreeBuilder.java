package dev.mcpguard.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds our values from YAML events, the level at which tags and aliases can still be seen and
 * refused. One per document, not thread-safe.
 */
final class YamlTreeBuilder {
  private static final int DEEPEST = 64;

  private final String file;
  private final Iterator<Event> events;
  private final Map<String, Integer> lines = new HashMap<>();

  YamlTreeBuilder(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(StrictYaml.LONGEST_FILE).build();
    this.file = file;
    this.events = new Parse(settings).parseString(text).iterator();
  }

  YamlDocument document() throws ConfigException {
    events.next(); // the start of the stream
    Event start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw refuse(start, "empty file", "write at least one field");
    }
    JsonValue root = value(events.next(), "", 0);
    events.next(); // the end of the document
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw refuse(end, "more than one document", "remove the `---`");
    }
    return new YamlDocument(file, root, lines);
  }

  private JsonValue value(Event event, String pointer, int depth) throws ConfigException {
    lines.putIfAbsent(pointer, line(event));
    refuseIndirection(event);
    return switch (event.getEventId()) {
      case MappingStart -> mapping(event, pointer, depth + 1);
      case SequenceStart -> sequence(event, pointer, depth + 1);
      case Scalar -> scalar((ScalarEvent) event);
      default -> throw refuse(event, "not valid yaml", "");
    };
  }

  private JsonObject mapping(Event start, String pointer, int depth) throws ConfigException {
    checkDepth(start, depth);
    MemberTable members = new MemberTable(8);
    for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
      String name = name(key);
      String child = YamlDocument.child(pointer, name);
      lines.putIfAbsent(child, line(key));
      if (members.put(name, value(events.next(), child, depth))) {
        throw refuse(key, "duplicate name " + Excerpt.of(name), "keep one");
      }
    }
    return new JsonObject(new FrozenMembers(members));
  }

  private JsonArray sequence(Event start, String pointer, int depth) throws ConfigException {
    checkDepth(start, depth);
    List<JsonValue> values = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      values.add(value(event, pointer + "/" + values.size(), depth));
      event = events.next();
    }
    return new JsonArray(values);
  }

  private String name(Event key) throws ConfigException {
    refuseIndirection(key);
    if (key instanceof ScalarEvent scalar && scalar(scalar) instanceof JsonString name) {
      return name.value();
    }
    throw refuse(key, "a name that is no text", "put it in quotes");
  }

  /** The JSON schema of YAML 1.2 (10.2): what is plain and looks like JSON is JSON. */
  private JsonValue scalar(ScalarEvent event) throws ConfigException {
    String text = event.getValue();
    if (Surrogates.anyLone(text) || text.indexOf('\0') >= 0) {
      throw refuse(event, "text with a lone surrogate or a nul character", "remove it");
    }
    if (!event.isPlain()) {
      return new JsonString(text);
    }
    return switch (text) {
      case "", "null" -> JsonNull.NULL;
      case "true" -> JsonBoolean.TRUE;
      case "false" -> JsonBoolean.FALSE;
      default -> NumberGrammar.matches(text) ? number(event) : new JsonString(text);
    };
  }

  private JsonNumber number(ScalarEvent event) throws ConfigException {
    JsonLimits limits = JsonLimits.message();
    String text = event.getValue();
    if (text.length() > limits.numberLength()
        || !NumberGrammar.exponentWithin(text, limits.exponent())) {
      throw refuse(event, "number out of range", "put it in quotes if it is text");
    }
    return new JsonNumber(text);
  }

  private void refuseIndirection(Event event) throws ConfigException {
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw refuse(event, "anchors and aliases are not allowed", "write the value out");
    }
    boolean tagged =
        (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
            || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
    if (tagged) {
      throw refuse(event, "tags are not allowed", "remove the `!`");
    }
  }

  private void checkDepth(Event event, int depth) throws ConfigException {
    if (depth > DEEPEST) {
      throw refuse(event, "nested deeper than " + DEEPEST, "");
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private ConfigException refuse(Event event, String problem, String advice) {
    return StrictYaml.refuse(file, line(event), problem, advice);
  }
}
