package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments a tool's approved input schema wants repeated as {@code Mcp-Param-*} headers ({@code
 * x-mcp-header}, MCP 2026-07-28). Read from the approved definition only, never from the live one.
 */
public final class MirroredParameters {
  private static final String KEYWORD = "x-mcp-header";
  private static final MirroredParameters NONE = new MirroredParameters(List.of(), null);

  /** One marked property. */
  private record Marked(String header, List<String> path, String type) {}

  private final List<Marked> marked;
  private final @Nullable String flaw;

  private MirroredParameters(List<Marked> marked, @Nullable String flaw) {
    this.marked = marked;
    this.flaw = flaw;
  }

  /** Reads the marks of a tool definition. */
  public static MirroredParameters of(JsonObject definition) {
    JsonObject schema = definition.object("inputSchema");
    if (schema == null) {
      return NONE;
    }
    List<Marked> found = new ArrayList<>();
    String flaw = collect(schema, List.of(), found);
    if (flaw == null && count(schema) != found.size()) {
      flaw = "an x-mcp-header stands where no property can be mirrored";
    }
    return found.isEmpty() && flaw == null ? NONE : new MirroredParameters(found, flaw);
  }

  /** Why the definition breaks the rules of the keyword, or null: such a tool must not be served. */
  public @Nullable String flaw() {
    return flaw;
  }

  /** Header values by full header name, not yet encoded; absent and null arguments have none. */
  public Map<String, String> values(JsonObject arguments) {
    if (marked.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Marked mark : marked) {
      String text = text(at(arguments, mark.path()));
      if (text != null) {
        headers.put("Mcp-Param-" + mark.header(), text);
      }
    }
    return headers;
  }

  private static @Nullable JsonValue at(JsonObject arguments, List<String> path) {
    JsonValue value = arguments;
    for (String step : path) {
      value = value instanceof JsonObject object ? object.get(step) : null;
    }
    return value;
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    return switch (value) {
      case JsonString string -> string.value();
      case JsonNumber number -> number.text();
      case JsonBoolean flag -> Boolean.toString(flag.value());
      case null -> null;
      case JsonValue other -> null;
    };
  }

  private static @Nullable String collect(JsonObject schema, List<String> at, List<Marked> into) {
    JsonObject properties = schema.object("properties");
    if (properties == null) {
      return null;
    }
    for (Map.Entry<String, JsonValue> entry : properties.members().entrySet()) {
      if (!(entry.getValue() instanceof JsonObject property)) {
        continue;
      }
      List<String> path = new ArrayList<>(at);
      path.add(entry.getKey());
      String flaw = property.has(KEYWORD) ? mark(property, path, into) : null;
      flaw = flaw == null ? collect(property, path, into) : flaw;
      if (flaw != null) {
        return flaw;
      }
    }
    return null;
  }

  private static @Nullable String mark(JsonObject property, List<String> path, List<Marked> into) {
    String header = property.string(KEYWORD);
    String type = property.string("type");
    if (header == null || !HeaderValue.isToken(header)) {
      return "an x-mcp-header is no header token";
    }
    if (type == null || !Set.of("string", "integer", "boolean").contains(type)) {
      return "an x-mcp-header stands on a property that is no string, integer or boolean";
    }
    Set<String> names = new HashSet<>();
    into.forEach(other -> names.add(other.header().toLowerCase(Locale.ROOT)));
    if (!names.add(header.toLowerCase(Locale.ROOT))) {
      return "two properties share one x-mcp-header";
    }
    into.add(new Marked(header, path, type));
    return null;
  }

  private static int count(JsonValue value) {
    int found = 0;
    switch (value) {
      case JsonObject object -> {
        // INVARIANT: a property may be NAMED like the keyword; only a string under it is the keyword
        found = object.get(KEYWORD) instanceof JsonString ? 1 : 0;
        for (JsonValue member : object.members().values()) {
          found += count(member);
        }
      }
      case JsonArray array -> {
        for (JsonValue element : array.values()) {
          found += count(element);
        }
      }
      case JsonValue other -> {}
    }
    return found;
  }
}
