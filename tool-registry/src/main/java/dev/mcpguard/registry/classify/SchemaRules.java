package dev.mcpguard.registry.classify;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the arguments allow. A tool whose class depends on an argument has the widest class it can
 * reach: free SQL, commands, code and requests are admin; an operation to choose is as high as the
 * highest choice.
 */
final class SchemaRules {
  private static final Set<String> PROGRAMS =
      Set.of("sql", "statement", "statements", "command", "commands", "cmd", "script", "code",
          "shell", "program", "argv", "powershell", "bash", "python", "javascript", "cypher",
          "graphql", "mutation", "hql");
  private static final Set<String> PROGRAM_HEADS =
      Set.of("sql", "statement", "command", "script", "cypher", "graphql", "shell");
  private static final Set<String> LANGUAGES =
      Set.of("sql", "cypher", "graphql", "gremlin", "sparql", "shell", "bash", "powershell");
  private static final Set<String> QUERIES = Set.of("query", "expression", "text", "input");
  private static final Set<String> CHOICES =
      Set.of("method", "action", "operation", "op", "mode", "verb", "command", "subcommand");
  private static final Set<String> HTTP_VERBS = Set.of("post", "put", "patch", "delete");
  private static final Set<String> ADDRESSES = Set.of("url", "uri", "endpoint", "path", "href");
  private static final int MOST_CHOICES = 200;
  private final NameReader reader;

  SchemaRules(NameReader reader) {
    this.reader = reader;
  }

  void apply(ToolDescription tool, NameReading name, Evidence evidence) {
    JsonObject schema = tool.inputSchema();
    JsonObject properties = schema == null ? null : schema.object("properties");
    if (properties == null) {
      return;
    }
    for (Map.Entry<String, JsonValue> property : properties.members().entrySet()) {
      JsonObject argument = property.getValue() instanceof JsonObject o ? o : JsonObject.of();
      argument(property.getKey(), argument, evidence);
    }
    request(properties, evidence);
  }

  private void argument(String name, JsonObject schema, Evidence evidence) {
    List<String> words = NameTokens.of(name);
    if (words.isEmpty()) {
      return;
    }
    JsonArray choices = schema.array("enum");
    if (choices != null) {
      if (CHOICES.contains(words.getLast())) {
        choices(name, choices, evidence);
      }
    } else if (stages(words, schema)
        || ((program(words) || queryInLanguage(words, schema)) && textual(schema))) {
      evidence.raise(
          RiskClass.ADMIN,
          "argument-program",
          "the argument `" + name + "` carries a program, so a call can do anything");
    }
  }

  private static boolean program(List<String> words) {
    return words.size() == 1
        ? PROGRAMS.contains(words.getFirst())
        : PROGRAM_HEADS.contains(words.getLast()) || words.stream().anyMatch(LANGUAGES::contains);
  }

  // stages of a document database can write
  private static boolean stages(List<String> words, JsonObject schema) {
    return words.getLast().equals("pipeline") && "array".equals(schema.string("type"));
  }

  // `query: the SQL to run`
  private static boolean queryInLanguage(List<String> words, JsonObject schema) {
    String description = schema.string("description");
    return description != null
        && QUERIES.contains(words.getLast())
        && NameTokens.of(description).stream().anyMatch(LANGUAGES::contains);
  }

  private static boolean textual(JsonObject schema) {
    String type = schema.string("type");
    return type == null || type.equals("string") || type.equals("array") || type.equals("object");
  }

  private void choices(String name, JsonArray choices, Evidence evidence) {
    for (JsonValue choice : choices.values().stream().limit(MOST_CHOICES).toList()) {
      if (choice instanceof JsonString(String value)) {
        choice(name, value, evidence);
      }
    }
  }

  private void choice(String name, String value, Evidence evidence) {
    NameReading reading = reader.read(NameTokens.of(value));
    if (reading.riskClass() == RiskClass.READ) {
      return;
    }
    evidence.raise(
        reading.riskClass(),
        "argument-choice",
        "the argument `" + name + "` can be `" + reading.decisive().getFirst().word() + "`");
  }

  private static void request(JsonObject properties, Evidence evidence) {
    boolean address = named(properties, ADDRESSES) != null;
    String method = named(properties, Set.of("method", "verb"));
    if (!address || method == null) {
      return;
    }
    JsonObject schema = properties.object(method);
    JsonArray choices = schema == null ? null : schema.array("enum");
    if (choices == null || choices.values().stream().anyMatch(SchemaRules::changingVerb)) {
      evidence.raise(
          RiskClass.ADMIN, "argument-request", "its arguments make any request to any address");
    }
  }

  private static boolean changingVerb(JsonValue choice) {
    return choice instanceof JsonString(String value)
        && HTTP_VERBS.stream().anyMatch(value::equalsIgnoreCase);
  }

  private static @Nullable String named(JsonObject properties, Set<String> words) {
    for (String name : properties.members().keySet()) {
      List<String> tokens = NameTokens.of(name);
      if (!tokens.isEmpty() && words.contains(tokens.getLast())) {
        return name;
      }
    }
    return null;
  }
}
