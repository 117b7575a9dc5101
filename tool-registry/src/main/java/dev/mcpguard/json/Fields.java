package dev.mcpguard.json;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds one object of a configuration file to typed values, strictly: every problem is collected
 * with its line instead of stopping at the first, and a name nobody asked for is a problem. An object
 * asked for twice is the same one: its readers share what is known.
 *
 * <p>Use: {@link #of}, read everything, then {@link #finish} on the root. A required value that is
 * missing or wrong reads as a placeholder (empty text, the last constant, the lower bound), so
 * build validated records only when {@link #sound} says so. One thread at a time.
 */
public final class Fields {
  private final FieldPlace place;
  private final JsonObject object;
  private final Set<String> known = new LinkedHashSet<>();

  /** The fields of a value; `name:` with nothing after it is an object with all fields left out. */
  Fields(FieldPlace place, JsonValue value) {
    this.place = place;
    this.object = value instanceof JsonObject fields ? fields : JsonObject.of();
    if (!(value instanceof JsonObject) && value != JsonNull.NULL) {
      place.problem("expected fields, found " + Kind.of(value), "write `name: value` lines");
    }
  }

  /** The fields of a document; one whose root is no object has a problem and no fields. */
  public static Fields of(YamlDocument document) {
    return new FieldPlace(new FieldReport(document), null, "", "").open(document.root());
  }

  /** Whether the field is written, whatever its value; this makes the name a known one. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** The value as it stands, or null when absent. */
  public @Nullable JsonValue value(String name) {
    known.add(name);
    return object.get(name);
  }

  /** The names written here, known or not, in order. */
  public List<String> names() {
    return List.copyOf(object.members().keySet());
  }

  /** Required text, not empty. */
  public String text(String name) {
    String text = optionalText(name);
    if (text == null && !has(name)) {
      place.missing(name);
    }
    return text == null ? "" : text;
  }

  public @Nullable String optionalText(String name) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString string && !string.value().isBlank()) {
      return string.value();
    }
    String problem =
        value instanceof JsonString ? "is empty" : "expected text, found " + Kind.of(value);
    problem(name, problem, value instanceof JsonString ? "write a value" : "put it in quotes");
    return null;
  }

  /** Text that {@code reader} turns into a value; null from it is a problem with this advice. */
  public <T extends Object> @Nullable T optionalParsed(
      String name, Function<String, @Nullable T> reader, String advice) {
    String text = optionalText(name);
    if (text == null) {
      return null;
    }
    T read = reader.apply(text);
    if (read == null) {
      problem(name, "cannot be " + Excerpt.of(text), advice);
    }
    return read;
  }

  /** A required constant, spelled in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    E chosen = optionalChoice(name, type);
    if (chosen == null && !has(name)) {
      place.missing(name);
    }
    E[] constants = type.getEnumConstants();
    return chosen == null ? constants[constants.length - 1] : chosen;
  }

  public <E extends Enum<E>> @Nullable E optionalChoice(String name, Class<E> type) {
    String text = optionalText(name);
    return text == null ? null : constant(place.member(name), name, text, type);
  }

  /** A list of constants; empty when absent. */
  public <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
    List<E> chosen = new ArrayList<>();
    List<String> texts = texts(name);
    for (int i = 0; i < texts.size(); i++) {
      String noun = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
      E constant = constant(place.element(name, i), noun, texts.get(i), type);
      if (constant != null) {
        chosen.add(constant);
      }
    }
    return chosen;
  }

  private static <E extends Enum<E>> @Nullable E constant(
      FieldPlace place, String noun, String text, Class<E> type) {
    E constant = Constants.ofText(type, text);
    if (constant == null) {
      String advice = "use " + Constants.sentence(type);
      place.problem("unknown " + noun + " " + Excerpt.of(text), advice);
    }
    return constant;
  }

  /** A required integer within bounds, both included. */
  public long integer(String name, long lowest, long highest) {
    Long number = optionalInteger(name, lowest, highest);
    if (number == null && !has(name)) {
      place.missing(name);
    }
    return number == null ? lowest : number;
  }

  public @Nullable Long optionalInteger(String name, long lowest, long highest) {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    Long number = value instanceof JsonNumber written ? written.longValue() : null;
    if (number == null || number < lowest || number > highest) {
      problem(name, "not an integer in range", "use " + lowest + " to " + highest);
      return null;
    }
    return number;
  }

  /** {@code true} or {@code false}, or the fallback when absent. */
  public boolean flag(String name, boolean fallback) {
    JsonValue value = value(name);
    if (value == null || value instanceof JsonBoolean) {
      return value == null ? fallback : value == JsonBoolean.TRUE;
    }
    problem(name, "expected true or false, found " + Kind.of(value), "use true or false");
    return fallback;
  }

  /**
   * A whole number and a unit: {@code 250ms}, {@code 10s}, {@code 15m}, {@code 8h}, {@code 30d}.
   */
  public @Nullable Duration optionalDuration(String name) {
    return optionalParsed(name, TimeText::duration, "write a number and ms, s, m, h or d: `15m`");
  }

  public Duration duration(String name, Duration fallback) {
    Duration duration = optionalDuration(name);
    return duration == null ? fallback : duration;
  }

  /** A calendar date of ISO 8601: {@code 2026-12-31}. */
  public @Nullable LocalDate optionalDate(String name) {
    return optionalParsed(name, TimeText::date, "write a date such as `2026-12-31`");
  }

  /** A list of texts; empty when absent. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<JsonValue> values = elements(name);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof JsonString string && !string.value().isBlank()) {
        texts.add(string.value());
      } else {
        place.element(name, i).problem("not a text", "write it in quotes");
      }
    }
    return texts;
  }

  /** A list of objects; empty when absent. */
  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    List<JsonValue> values = elements(name);
    for (int i = 0; i < values.size(); i++) {
      objects.add(place.element(name, i).open(values.get(i)));
    }
    return objects;
  }

  private List<JsonValue> elements(String name) {
    JsonValue value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof JsonArray array) {
      return array.values();
    }
    problem(name, "expected a list, found " + Kind.of(value), "write `[...]` or lines with `- `");
    return List.of();
  }

  /** A required object; one without fields when missing. */
  public Fields object(String name) {
    Fields fields = optionalObject(name);
    if (fields == null) {
      place.missing(name);
      return place.member(name).open(JsonObject.of());
    }
    return fields;
  }

  public @Nullable Fields optionalObject(String name) {
    JsonValue value = value(name);
    return value == null ? null : place.member(name).open(value);
  }

  /** A map whose names are the user's own and whose values are objects; empty when absent. */
  public Map<String, Fields> objectsByName(String name) {
    Map<String, Fields> objects = new LinkedHashMap<>();
    Fields map = optionalObject(name);
    if (map != null) {
      for (String key : map.names()) {
        objects.put(key, map.object(key));
      }
    }
    return objects;
  }

  /** A map of texts whose names are the user's own; empty when absent. */
  public Map<String, String> textsByName(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    Fields map = optionalObject(name);
    if (map != null) {
      for (String key : map.names()) {
        texts.put(key, map.text(key));
      }
    }
    return texts;
  }

  /** Adds a problem of the caller's own about a field of this object. */
  public void problem(String name, String problem, String advice) {
    place.member(name).problem(problem, advice);
  }

  /** Whether nothing was found wrong in this object or below it so far. */
  public boolean sound() {
    return place.sound();
  }

  /** The line this object, or its field, stands on. */
  public int line(String name) {
    return place.report().line(place.pointer(name));
  }

  /** Everything found in the whole document, names nobody asked for included. */
  public List<Finding> findings() {
    return place.report().finish();
  }

  /** Throws when anything was found in the whole document, names nobody asked for included. */
  public void finish() throws ConfigException {
    List<Finding> findings = findings();
    if (!findings.isEmpty()) {
      throw new ConfigException(findings);
    }
  }

  void reportUnknown() {
    for (String name : object.members().keySet()) {
      if (!known.contains(name)) {
        String meant = NearMiss.of(name, known);
        String advice =
            meant == null
                ? "known are " + String.join(", ", known)
                : "did you mean `" + meant + "`";
        problem(name, "unknown field", known.isEmpty() ? "remove it" : advice);
      }
    }
  }
}
