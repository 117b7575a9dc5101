package dev.mcpguard.front.legacy;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * One input request of MCP 2026-07-28 as the request an older revision has for it. Whether the client
 * declared the kind is the conversation's to say.
 *
 * @param method the method, the same in both eras
 * @param params its parameters in the client's revision
 */
record InputQuestion(String method, JsonObject params) {

  /**
   * The question, or null if {@code version} has none of the kind.
   *
   * @param fresh text no other question has, for the id that modern servers no longer give
   */
  static @Nullable InputQuestion of(JsonObject request, ProtocolVersion version, String fresh) {
    String method = request.string("method");
    JsonObject params = request.has("params") ? request.object("params") : JsonObject.of();
    if (method == null || params == null) {
      return null;
    }
    if (!method.equals("elicitation/create")) {
      return new InputQuestion(method, params);
    }
    boolean latest = version == ProtocolVersion.V2025_11_25;
    if ("url".equals(params.string("mode"))) {
      JsonObject named =
          params.has("elicitationId")
              ? params
              : params.with("elicitationId", new JsonString("guard-" + fresh));
      return latest ? new InputQuestion(method, named) : null;
    }
    return new InputQuestion(method, latest ? params : params.without("mode"));
  }
}
