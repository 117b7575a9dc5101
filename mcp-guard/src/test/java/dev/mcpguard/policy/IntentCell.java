package dev.mcpguard.policy;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** One cell of call class × declared class × purpose × ceiling × scopes, with its own verdict. */
public record IntentCell(
    String called, String declared, String source, String purpose, String ceiling,
    List<String> scopes) {
  private static final List<String> CLASSES = List.of("read", "write", "admin");
  private static final List<List<String>> SCOPES =
      List.of(
          List.of(), List.of("mcp:read"), List.of("mcp:write"), List.of("mcp:admin"),
          List.of("mcp:read", "mcp:write"), List.of("openid", "MCP:ADMIN", "mcp:admin "),
          List.of("mcp:read", "mcp:admin"), List.of("*"));

  public IntentCell {
    scopes = List.copyOf(scopes);
  }

  /** All cells. */
  public static List<IntentCell> all() {
    List<IntentCell> cells = new ArrayList<>();
    for (String called : CLASSES) {
      for (String declared : CLASSES) {
        for (String purpose : CLASSES) {
          for (String ceiling : CLASSES) {
            for (List<String> scopes : SCOPES) {
              cells.add(new IntentCell(called, declared, "asserted", purpose, ceiling, scopes));
              cells.add(
                  new IntentCell(
                      called, declared, "registered_default", purpose, ceiling, scopes));
            }
          }
        }
      }
    }
    return cells;
  }

  private static int rank(String riskClass) {
    return CLASSES.indexOf(riskClass);
  }

  /** The verdict, worked out without Rego. */
  public boolean permitted() {
    int scope = -1;
    for (String riskClass : CLASSES) {
      scope = scopes.contains("mcp:" + riskClass) ? rank(riskClass) : scope;
    }
    int least = Math.min(Math.min(rank(declared), rank(purpose)), Math.min(rank(ceiling), scope));
    boolean said = source.equals("asserted") || called.equals("read");
    return said && rank(called) <= least;
  }

  /** The question. */
  public JsonObject input() {
    JsonObject call = Policies.permittedCall();
    call = put(call, called, "action", "properties", "class");
    call = put(call, declared, "context", "intent", "class");
    call = put(call, source, "context", "intent", "source");
    call = put(call, purpose, "subject", "properties", "purposes", "invoice", "class");
    call = put(call, ceiling, "subject", "properties", "ceiling");
    return put(call, JsonArray.ofStrings(scopes), "subject", "properties", "scopes");
  }

  /** The same question with more declared. */
  static List<JsonObject> narrowed(JsonObject input) {
    List<JsonObject> narrowed = new ArrayList<>();
    for (String tool : List.of("files/put", "files/*", "crm/*", "*")) {
      narrowed.add(put(input, JsonArray.ofStrings(List.of(tool)), "context", "intent", "tools"));
    }
    for (String destination : List.of("internal", "internet")) {
      narrowed.add(
          put(
              input, JsonArray.ofStrings(List.of(destination)), "context", "intent",
              "destinations"));
    }
    for (String sensitivity : List.of("public", "internal", "restricted", "?")) {
      narrowed.add(put(input, sensitivity, "context", "intent", "sensitivity"));
    }
    narrowed.add(put(input, "read", "context", "intent", "class"));
    narrowed.add(put(input, "other", "context", "intent", "purpose"));
    return narrowed;
  }

  private static JsonObject put(JsonObject into, String text, String... path) {
    return put(into, new JsonString(text), path);
  }

  /** The document with the value set at a path of members that exist. */
  static JsonObject put(JsonObject into, JsonValue value, String... path) {
    if (path.length == 1) {
      return into.with(path[0], value);
    }
    JsonObject below = java.util.Objects.requireNonNull(into.object(path[0]));
    String[] rest = java.util.Arrays.copyOfRange(path, 1, path.length);
    return into.with(path[0], put(below, value, rest));
  }
}
