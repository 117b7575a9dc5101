package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON-RPC message of a server, strictly read. Servers are hostile: nothing is guessed. */
public sealed interface ServerMessage {

  /**
   * An answer with exactly one of result and error.
   *
   * @param id the id as received; the literal null only beside an error
   * @param bytes size as received
   */
  record Response(
      JsonValue id, @Nullable JsonObject result, @Nullable JsonObject error, int bytes)
      implements ServerMessage {

    /** Whether this answers the guard's request {@code expected}: the same text, not the amount. */
    public boolean answers(long expected) {
      return id instanceof JsonNumber number && number.text().equals(Long.toString(expected));
    }
  }

  /** A notification. */
  record Notification(String method, JsonObject params) implements ServerMessage {}

  /** A request to the client. */
  record Request(JsonValue id, String method, JsonObject params) implements ServerMessage {}

  /** Not a message of JSON-RPC 2.0. */
  record Unreadable(String problem) implements ServerMessage {}

  Set<String> MEMBERS = Set.of("jsonrpc", "id", "method", "params", "result", "error");

  /** Reads one message. */
  static ServerMessage read(byte[] utf8, JsonLimits limits) {
    JsonObject message;
    try {
      message = StrictJson.parseObject(utf8, limits);
    } catch (MalformedJsonException malformed) {
      return new Unreadable("the answer is not strict json: " + malformed.getMessage());
    }
    if (!"2.0".equals(message.string("jsonrpc"))) {
      return new Unreadable("the answer is not json-rpc 2.0");
    }
    if (!MEMBERS.containsAll(message.members().keySet())) {
      return new Unreadable("the answer has members that json-rpc does not define");
    }
    return message.has("method") ? outgoing(message) : response(message, utf8.length);
  }

  private static ServerMessage outgoing(JsonObject message) {
    String method = message.string("method");
    JsonObject params = message.has("params") ? message.object("params") : JsonObject.of();
    if (method == null || params == null || message.has("result") || message.has("error")) {
      return new Unreadable("a request or notification of the server is malformed");
    }
    JsonValue id = message.get("id");
    if (id == null) {
      return new Notification(method, params);
    }
    boolean proper =
        id instanceof JsonString || (id instanceof JsonNumber number && number.isInteger());
    return proper ? new Request(id, method, params) : new Unreadable("a request has a bad id");
  }

  private static ServerMessage response(JsonObject message, int bytes) {
    JsonValue id = message.get("id");
    JsonObject result = message.object("result");
    JsonObject error = message.object("error");
    if (message.has("params") || message.has("result") == message.has("error")) {
      return new Unreadable("the answer needs exactly one of result and error");
    }
    if (error == null) {
      return id == null || id == JsonNull.NULL || result == null
          ? new Unreadable("the answer has no id or its result is no object")
          : new Response(id, result, null, bytes);
    }
    boolean proper =
        error.get("code") instanceof JsonNumber code
            && code.longValue() != null
            && error.string("message") != null;
    return proper
        ? new Response(id == null ? JsonNull.NULL : id, null, error, bytes)
        : new Unreadable("the error of the answer is malformed");
  }
}
