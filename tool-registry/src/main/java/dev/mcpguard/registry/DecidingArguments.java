package dev.mcpguard.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the arguments whose values decide what a call does: SQL, shell, code, or the method of a
 * request. Judged by the names in the input schema; what it finds is admin unless a rule proves
 * less.
 */
final class DecidingArguments {
  private static final int DEEPEST = 128;

  private static final Set<String> ALWAYS =
      Set.of(
          "sql",
          "cypher",
          "graphql",
          "gremlin",
          "sparql",
          "kql",
          "shell",
          "bash",
          "powershell",
          "cmd",
          "command",
          "commands",
          "script",
          "argv",
          "eval",
          "executable");
  private static final Set<String> LABELS = Set.of("id", "ids", "count", "status", "timeout");
  private static final Set<String> QUERIES =
      Set.of("query", "queries", "statement", "statements", "mutation", "expression");
  private static final Set<String> TARGETS = Set.of("url", "uri", "endpoint", "path", "href");
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> NESTS = Set.of("allOf", "anyOf", "oneOf");
  private static final Set<String> CONDITIONS = Set.of("if", "then", "else");
  private static final Set<String> ELEMENTS =
      Set.of("items", "contains", "additionalProperties", "unevaluatedProperties");

  private static final Pattern QUERY_LANGUAGE =
      Pattern.compile(
          "sql|cypher|gremlin|sparql|kusto|bigquery|snowflake|duckdb|database|warehouse");
  private static final Pattern RUNS =
      Pattern.compile("execut|interpret|sandbox|python|javascript|\\brun(s|ning)?\\b|\\beval");

  private static final JsonPointer EVERYTHING = new JsonPointer("");

  private final String about;
  private final JsonObject schema;
  private final Set<JsonPointer> found = new LinkedHashSet<>();
  private final Set<JsonPointer> followed = new HashSet<>();

  /** Something could not be looked at, so it may hold anything. */
  private boolean doubtful;

  /** What a reference leads to stands in more places than were looked at. */
  private boolean repeated;

  private DecidingArguments(JsonObject definition, JsonObject schema) {
    this.schema = schema;
    this.about = text(definition, "name") + " " + text(definition, "description");
  }

  static Set<JsonPointer> of(JsonObject definition) {
    JsonObject schema = definition.object("inputSchema");
    if (schema == null) {
      return Set.of();
    }
    DecidingArguments search = new DecidingArguments(definition, schema);
    search.properties(schema, "", 0);
    if (search.doubtful || (search.repeated && !search.found.isEmpty())) {
      // no rule is about all arguments at once, so this one cannot be proven narrower
      search.found.add(EVERYTHING);
    }
    return search.found;
  }

  private void properties(JsonObject at, String pointer, int depth) {
    if (depth > DEEPEST) {
      doubtful = true;
      return;
    }
    JsonObject properties = at.object("properties");
    if (properties != null) {
      properties
          .members()
          .forEach((name, value) -> property(properties, name, value, pointer, depth));
    }
    for (String nest : NESTS) {
      JsonArray schemas = at.array(nest);
      for (JsonValue schema : schemas == null ? List.<JsonValue>of() : schemas.values()) {
        nested(schema, pointer, depth);
      }
    }
    for (String condition : CONDITIONS) {
      nested(at.get(condition), pointer, depth);
    }
    for (String element : ELEMENTS) {
      // no rule can point at every element, so what is found below stays unproven
      nested(at.get(element), pointer + "/-", depth);
    }
    reference(at, pointer, depth);
  }

  private void nested(@Nullable JsonValue schema, String pointer, int depth) {
    if (schema instanceof JsonObject object) {
      properties(object, pointer, depth + 1);
    }
  }

  /** Follows each reference once, so that no schema costs more than its size. */
  private void reference(JsonObject at, String pointer, int depth) {
    if (!at.has("$ref") && !at.has("$dynamicRef")) {
      return;
    }
    String reference = at.string("$ref");
    JsonPointer target =
        reference == null || !reference.startsWith("#")
            ? null
            : JsonPointer.ofText(reference.substring(1));
    if (target == null || !(target.find(schema) instanceof JsonObject referred)) {
      doubtful = true;
    } else if (!followed.add(target)) {
      repeated = true;
    } else {
      properties(referred, pointer, depth + 1);
    }
  }

  private void property(
      JsonObject siblings, String name, JsonValue value, String pointer, int depth) {
    JsonPointer argument = JsonPointer.ofText(pointer + JsonPointer.ofName(name).text());
    if (argument == null || !(value instanceof JsonObject property)) {
      return;
    }
    if (mayBeText(property) && decides(siblings, name, property)) {
      found.add(argument);
    }
    properties(property, argument.text(), depth + 1);
  }

  private boolean decides(JsonObject siblings, String name, JsonObject property) {
    List<String> words = words(name);
    String last = words.isEmpty() ? "" : words.getLast();
    if (LABELS.contains(last)) {
      return false;
    }
    if (words.stream().anyMatch(ALWAYS::contains)) {
      return true;
    }
    String told = (about + " " + text(property, "description")).toLowerCase(Locale.ROOT);
    if (QUERIES.contains(last)) {
      return QUERY_LANGUAGE.matcher(told).find();
    }
    if (last.equals("code")) {
      return words.size() <= 2 && RUNS.matcher(told).find();
    }
    boolean method = last.equals("method") || last.equals("verb");
    return method && !onlySafe(property) && hasTarget(siblings);
  }

  private static boolean hasTarget(JsonObject siblings) {
    return siblings.members().keySet().stream()
        .anyMatch(name -> words(name).stream().anyMatch(TARGETS::contains));
  }

  private static boolean onlySafe(JsonObject property) {
    JsonArray values = property.array("enum");
    return values != null
        && values.values().stream()
            .allMatch(
                value -> value instanceof JsonString text && SAFE_METHODS.contains(text.value()));
  }

  private static boolean mayBeText(JsonObject property) {
    String type = property.string("type");
    return type == null || type.equals("string") || type.equals("array") || type.equals("object");
  }

  private static List<String> words(String name) {
    String spaced = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return Arrays.stream(spaced.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    return text == null ? "" : text;
  }
}
