package dev.mcpguard.release;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a result has the shape its method defines. An unknown {@code resultType} or content type
 * is no answer: a client may read it in a way the guard does not know (MCP 2026-07-28).
 */
final class ResultShape {
  private static final Map<String, String> INPUT_METHODS =
      Map.of(
          "elicitation/create", "elicitation",
          "sampling/createMessage", "sampling",
          "roots/list", "roots");
  private static final Set<String> MAY_ASK = Set.of("tools/call", "prompts/get", "resources/read");

  private ResultShape() {}

  /**
   * What is wrong with a result, or null.
   *
   * @param capabilities what the client declared
   */
  static @Nullable String flaw(String method, JsonObject result, JsonObject capabilities) {
    JsonValue type = result.get("resultType");
    if (type instanceof JsonString named && named.value().equals("input_required")) {
      return MAY_ASK.contains(method)
          ? inputFlaw(result, capabilities)
          : "the result asks for input where none can be asked";
    }
    if (type != null && !type.equals(new JsonString("complete"))) {
      return "the result has an unknown type";
    }
    JsonValue meta = result.get("_meta");
    if (meta != null && !(meta instanceof JsonObject)) {
      return "the result has a `_meta` that is no object";
    }
    return switch (method) {
      case "tools/call" -> toolFlaw(result);
      case "resources/read" -> resourceFlaw(result.array("contents"));
      case "prompts/get" -> promptFlaw(result.array("messages"));
      case "completion/complete" ->
          result.object("completion") == null ? "the result has no completion" : null;
      case "resources/subscribe", "resources/unsubscribe", "subscriptions/listen",
          "logging/setLevel" ->
          null;
      default -> "no result of this method is known";
    };
  }

  private static @Nullable String toolFlaw(JsonObject result) {
    JsonValue failed = result.get("isError");
    if (failed != null && !(failed instanceof JsonBoolean)) {
      return "the result has an `isError` that is no boolean";
    }
    return ContentBlocks.flaw(result.array("content"));
  }

  private static @Nullable String resourceFlaw(@Nullable JsonArray contents) {
    boolean proper =
        contents != null
            && contents.values().stream()
                .allMatch(
                    one -> one instanceof JsonObject object && ContentBlocks.resource(object));
    return proper ? null : "the result has no list of resource contents";
  }

  private static @Nullable String promptFlaw(@Nullable JsonArray messages) {
    boolean proper =
        messages != null
            && messages.values().stream()
                .allMatch(
                    one -> one instanceof JsonObject object && message(object));
    return proper ? null : "the result has no list of prompt messages";
  }

  private static boolean message(JsonObject message) {
    JsonObject content = message.object("content");
    return content != null && message.string("role") != null && ContentBlocks.proper(content);
  }

  /** An elicitation capability that names no mode means forms only (MCP 2026-07-28). */
  private static boolean modeOffered(JsonValue request, JsonObject capabilities) {
    JsonObject params = request instanceof JsonObject asked ? asked.object("params") : null;
    JsonObject elicitation = capabilities.object("elicitation");
    String mode = params == null ? null : params.string("mode");
    if (mode == null || elicitation == null) {
      return true;
    }
    boolean byDefault = mode.equals("form") && !elicitation.has("url");
    return byDefault || elicitation.has(mode);
  }

  private static @Nullable String inputFlaw(JsonObject result, JsonObject capabilities) {
    JsonObject requests = result.object("inputRequests");
    boolean wrong =
        (result.has("inputRequests") && requests == null)
            || (result.has("requestState") && result.string("requestState") == null);
    if (wrong || (requests == null && !result.has("requestState"))) {
      return "the result asks for input without saying which";
    }
    return requests == null ? null : requestsFlaw(requests, capabilities);
  }

  /** What is wrong with questions to a client that declared {@code capabilities}, or null. */
  static @Nullable String requestsFlaw(@Nullable JsonObject requests, JsonObject capabilities) {
    if (requests == null) {
      return "the result asks for input without saying which";
    }
    for (JsonValue request : requests.members().values()) {
      String method = request instanceof JsonObject asked ? asked.string("method") : null;
      String capability = method == null ? null : INPUT_METHODS.get(method);
      if (capability == null || !capabilities.has(capability) || !modeOffered(request, capabilities)) {
        return "the result asks for input the client did not offer";
      }
    }
    return null;
  }
}
