package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ProtocolVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request in each era. The guard's own id and progress token stand in place of the
 * client's, so two clients with equal ids cannot meet at a server (threats D1, D2).
 */
public final class Envelope {
  private static final JsonObject GUARD_INFO =
      JsonObject.builder().put("name", "mcp-guard").put("version", "0.1.0").build();

  private Envelope() {}

  /** How the guard names itself to servers. */
  public static JsonObject guardInfo() {
    return GUARD_INFO;
  }

  /** The progress token of the guard's request {@code id}. */
  static String progressToken(long id) {
    return "g" + id;
  }

  /** The guard's request a progress token belongs to, or 0 if it is none of the guard's. */
  public static long idOfProgressToken(String token) {
    String digits = token.startsWith("g") ? token.substring(1) : "";
    boolean proper =
        !digits.isEmpty()
            && digits.length() < 19
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return proper ? Long.parseLong(digits) : 0;
  }

  /** A request of MCP 2026-07-28: the required {@code _meta} fields are the guard's. */
  public static byte[] modern(ServerRequest request, long id) {
    JsonObject.Builder meta =
        JsonObject.builder()
            .put(MetaKeys.VERSION, ProtocolVersion.LATEST_MODERN.text())
            .put(MetaKeys.CAPABILITIES, request.caller().capabilities());
    JsonObject client = request.meta().object(MetaKeys.CLIENT);
    meta.put(MetaKeys.CLIENT, client == null ? GUARD_INFO : client);
    meta.putIfPresent(MetaKeys.LOG_LEVEL, request.meta().get(MetaKeys.LOG_LEVEL));
    copyForeign(request.meta(), id, meta);
    return bytes(request.method(), request.params().with("_meta", meta.build()), id);
  }

  /** A request of an older revision: the envelope fields are stripped. */
  public static byte[] legacy(ServerRequest request, long id) {
    JsonObject.Builder meta = JsonObject.builder();
    copyForeign(request.meta(), id, meta);
    JsonObject kept = meta.build();
    // answers to questions that nobody asked are surplus, and ignored (MCP 2026-07-28)
    JsonObject known =
        request.params().has("inputResponses")
            ? request.params().without("inputResponses")
            : request.params();
    JsonObject params = kept.members().isEmpty() ? known : known.with("_meta", kept);
    return bytes(request.method(), params, id);
  }

  private static void copyForeign(JsonObject from, long id, JsonObject.Builder into) {
    for (Map.Entry<String, JsonValue> entry : from.members().entrySet()) {
      if (entry.getKey().equals(MetaKeys.PROGRESS_TOKEN)) {
        into.put(MetaKeys.PROGRESS_TOKEN, progressToken(id));
      } else if (!entry.getKey().startsWith(MetaKeys.PROTOCOL)) {
        into.put(entry.getKey(), entry.getValue());
      }
    }
  }

  private static byte[] bytes(String method, JsonObject params, long id) {
    JsonObject.Builder message =
        JsonObject.builder().put("jsonrpc", "2.0").put("id", id).put("method", method);
    if (!params.members().isEmpty()) {
      message.put("params", params);
    }
    return JsonText.bytes(message.build());
  }

  /** A notification to the server. */
  public static byte[] notification(String method, @Nullable JsonObject params) {
    return JsonText.bytes(
        JsonObject.builder()
            .put("jsonrpc", "2.0")
            .put("method", method)
            .putIfPresent("params", params)
            .build());
  }

  /** The notification that ends the guard's request {@code id} at a legacy or stdio server. */
  public static byte[] cancelled(long id) {
    return notification(
        "notifications/cancelled",
        JsonObject.builder()
            .put("requestId", JsonNumber.of(id))
            .put("reason", new JsonString("the client cancelled or the deadline passed"))
            .build());
  }

  /** The answer to a server's request: {@code answer} holds {@code result} or {@code error}. */
  public static byte[] response(JsonValue id, JsonObject answer) {
    JsonObject.Builder message = JsonObject.builder().put("jsonrpc", "2.0").put("id", id);
    message.putIfPresent("result", answer.get("result"));
    message.putIfPresent("error", answer.get("error"));
    return JsonText.bytes(message.build());
  }
}
