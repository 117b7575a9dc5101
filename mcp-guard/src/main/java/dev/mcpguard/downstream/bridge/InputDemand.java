package dev.mcpguard.downstream.bridge;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Questions of older revisions as {@code inputRequests} of MCP 2026-07-28. */
final class InputDemand {
  /** The key of a question asked in the middle of a call. */
  static final String KEY = "input";

  private static final long URL_ELICITATION = -32042;
  private static final int MOST = 16;

  private InputDemand() {}

  /** The one question of a held call. */
  static JsonObject of(HeldCall.Next.Asks asked) {
    return JsonObject.builder().put(KEY, request(asked.method(), asked.params())).build();
  }

  /** The elicitations by URL that an error -32042 demands, or null if it is another error. */
  static @Nullable JsonObject of(JsonObject error) {
    JsonObject data = error.object("data");
    JsonArray wanted = data == null ? null : data.array("elicitations");
    boolean demands =
        error.get("code") instanceof JsonNumber code
            && code.longValue() != null
            && code.longValue() == URL_ELICITATION;
    if (!demands || wanted == null || wanted.values().isEmpty() || wanted.values().size() > MOST) {
      return null;
    }
    JsonObject.Builder requests = JsonObject.builder();
    int number = 0;
    for (JsonValue one : wanted.values()) {
      if (!(one instanceof JsonObject params) || !"url".equals(params.string("mode"))) {
        return null;
      }
      requests.put(KEY + ++number, request("elicitation/create", params));
    }
    return requests.build();
  }

  /** A result that asks for {@code requests}. */
  static JsonObject result(JsonObject requests, String state) {
    return JsonObject.builder()
        .put("resultType", "input_required")
        .put("inputRequests", requests)
        .put("requestState", state)
        .build();
  }

  private static JsonObject request(String method, JsonObject params) {
    // what names the server's own session or tasks means nothing to this client
    JsonObject told = params.without("_meta", "task", "elicitationId");
    JsonObject.Builder request = JsonObject.builder().put("method", method);
    return told.members().isEmpty() ? request.build() : request.put("params", told).build();
  }
}
