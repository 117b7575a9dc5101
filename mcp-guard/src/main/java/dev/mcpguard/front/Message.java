package dev.mcpguard.front;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC 2.0 message whose envelope was checked: nothing missing, nothing unknown, nothing of
 * the wrong type. Immutable.
 */
public sealed interface Message {
  /** The longest id that is a string, in characters; ids are repeated in records and answers. */
  int LONGEST_ID = 256;

  /** The longest method name, in characters. */
  int LONGEST_METHOD = 128;

  Set<String> CALL_MEMBERS = Set.of("jsonrpc", "id", "method", "params");
  Set<String> RESPONSE_MEMBERS = Set.of("jsonrpc", "id", "result", "error");

  /** A request; {@code id} is a string or an integer. */
  record Request(JsonValue id, String method, JsonObject params) implements Message {}

  /** A notification. */
  record Notification(String method, JsonObject params) implements Message {}

  /**
   * A response to a request of the guard.
   *
   * @param body {@code {"result":...}} or {@code {"error":...}}
   */
  record Response(JsonValue id, JsonObject body) implements Message {}

  /**
   * Not a message.
   *
   * @param id its id if that much could be read, or null
   * @param detail what is wrong, without the caller's text
   */
  record Invalid(@Nullable JsonValue id, String detail) implements Message {}

  /** Checks the envelope of a parsed document. */
  static Message of(JsonValue document) {
    if (!(document instanceof JsonObject object)) {
      return new Invalid(null, "the message is not an object");
    }
    JsonValue given = object.get("id");
    JsonValue id = given != null && isId(given) ? given : null;
    if (!"2.0".equals(object.string("jsonrpc"))) {
      return new Invalid(id, "jsonrpc is not exactly \"2.0\"");
    }
    if (given != null && id == null) {
      return new Invalid(null, "the id is neither a string nor an integer");
    }
    return object.has("method") ? call(object, id) : response(object, id);
  }

  private static Message call(JsonObject object, @Nullable JsonValue id) {
    String method = object.string("method");
    if (method == null || method.isEmpty() || method.length() > LONGEST_METHOD) {
      return new Invalid(id, "the method is no string of 1 to 128 characters");
    }
    if (!CALL_MEMBERS.containsAll(object.members().keySet())) {
      return new Invalid(id, "unknown member beside jsonrpc, id, method and params");
    }
    JsonObject params = object.has("params") ? object.object("params") : JsonObject.of();
    if (params == null) {
      return new Invalid(id, "params is not an object");
    }
    return id == null ? new Notification(method, params) : new Request(id, method, params);
  }

  private static Message response(JsonObject object, @Nullable JsonValue id) {
    if (id == null) {
      return new Invalid(null, "neither a method nor an id");
    }
    if (!RESPONSE_MEMBERS.containsAll(object.members().keySet())) {
      return new Invalid(id, "unknown member beside jsonrpc, id, result and error");
    }
    JsonObject result = object.object("result");
    JsonObject error = object.object("error");
    if (object.members().size() != 3 || (result == null && error == null)) {
      return new Invalid(id, "not exactly one of method, result and error");
    }
    return new Response(id, object.without("jsonrpc", "id"));
  }

  private static boolean isId(JsonValue value) {
    return switch (value) {
      case JsonString text -> text.value().length() <= LONGEST_ID;
      case JsonNumber number -> number.isInteger();
      case JsonObject _, JsonArray _, JsonBoolean _, JsonNull _ -> false;
    };
  }
}
