package dev.mcpguard.front.legacy;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RequestFacts;
import java.util.Map;

/**
 * From a message inside an established legacy conversation to what the gate is asked. {@code
 * initialize} is not among them: it begins a conversation.
 */
public final class LegacyReader {
  /** The method name under which a posted response passes the gate. */
  public static final String RESPONSE = "response";

  private LegacyReader() {}

  /**
   * Reads one message.
   *
   * @param declared what the conversation says of its client, as {@code _meta} of each request
   */
  public static GatedRequest read(
      Arrival arrival, Caller caller, JsonObject declared, Message message) {
    return switch (message) {
      case Message.Request request -> request(arrival, caller, declared, request);
      case Message.Notification notification -> notification(arrival, caller, notification);
      case Message.Response response ->
          new LocalRequest(
              arrival.facts(caller, RESPONSE, response.id(), JsonObject.of()), JsonObject.of());
      case Message.Invalid invalid ->
          RequestReader.refuse(
              arrival.facts(caller, "", invalid.id(), JsonObject.of()),
              ReasonCode.REQUEST_INVALID,
              invalid.detail());
    };
  }

  private static GatedRequest request(
      Arrival arrival, Caller caller, JsonObject declared, Message.Request request) {
    JsonObject params = request.params();
    RequestFacts facts = arrival.facts(caller, request.method(), request.id(), params);
    Method method = Method.find(request.method(), caller.version());
    if (method == null || method.kind() == Method.Kind.NOTIFICATION) {
      return RequestReader.refuse(facts, ReasonCode.METHOD_UNKNOWN, "no such method here");
    }
    if (method == Method.INITIALIZE) {
      return RequestReader.refuse(
          facts, ReasonCode.REQUEST_INVALID, "initialize inside a conversation");
    }
    return method.kind() == Method.Kind.LOCAL
        ? local(facts, method, params)
        : RequestReader.read(facts, method, within(params, declared));
  }

  /** INVARIANT: what the handshake said wins over what a request claims of its client. */
  private static JsonObject within(JsonObject params, JsonObject declared) {
    JsonObject stated = params.has("_meta") ? params.object("_meta") : JsonObject.of();
    if (stated == null) {
      return params; // refused by whoever reads it
    }
    JsonObject whole = stated;
    for (Map.Entry<String, JsonValue> entry : declared.members().entrySet()) {
      whole = whole.with(entry.getKey(), entry.getValue());
    }
    return whole.members().isEmpty() ? params : params.with("_meta", whole);
  }

  private static GatedRequest notification(
      Arrival arrival, Caller caller, Message.Notification notification) {
    JsonObject params = notification.params();
    RequestFacts facts = arrival.facts(caller, notification.method(), null, params);
    Method method = Method.find(notification.method(), caller.version());
    if (method == null || method.kind() != Method.Kind.NOTIFICATION) {
      return RequestReader.refuse(facts, ReasonCode.METHOD_UNKNOWN, "no such notification here");
    }
    return local(facts, method, params);
  }

  private static GatedRequest local(RequestFacts facts, Method method, JsonObject params) {
    if (!RequestReader.allowed(method, params, facts)) {
      return RequestReader.refuse(facts, ReasonCode.PARAMS_INVALID, "unknown member in params");
    }
    return new LocalRequest(facts, JsonObject.of());
  }
}
