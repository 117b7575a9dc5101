package dev.mcpguard.front;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * From the parameters of a method that reaches a server to what the gate is asked. The same for every
 * front and revision. What does not fit becomes a {@link Misread}. Stateless.
 */
public final class RequestReader {
  private RequestReader() {}

  /** Reads a request whose method is neither local nor a notification. */
  public static GatedRequest read(RequestFacts facts, Method method, JsonObject params) {
    if (!method.allows(params, facts.version())) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "unknown member in params");
    }
    if (params.has("_meta") && params.object("_meta") == null) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "_meta is not an object");
    }
    return switch (method.kind()) {
      case TOOL_CALL -> toolCall(facts, params);
      case LIST -> list(facts, params);
      case PRIMITIVE -> primitive(facts, method, params);
      case TASK -> task(facts, method, params);
      case LOCAL, NOTIFICATION ->
          throw new IllegalArgumentException(method.text() + " reaches no server");
    };
  }

  /** Whether the parameters of a local method or notification hold only what is defined. */
  public static boolean allowed(Method method, JsonObject params, RequestFacts facts) {
    return method.allows(params, facts.version())
        && (!params.has("_meta") || params.object("_meta") != null);
  }

  /** The refused form of a request. */
  public static Misread refuse(RequestFacts facts, ReasonCode reason, String detail) {
    return new Misread(facts, Refusal.of(reason, detail));
  }

  private static GatedRequest toolCall(RequestFacts facts, JsonObject params) {
    String exposed = params.string("name");
    JsonObject arguments = orEmpty(params, "arguments");
    if (exposed == null || !ToolNames.wellFormed(exposed)) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "name is not a tool name");
    }
    if (arguments == null) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "arguments is not an object");
    }
    ToolNames names = ToolNames.of(facts.route(), exposed);
    if (names == null) {
      return refuse(facts, ReasonCode.TOOL_UNKNOWN, "the name holds no server id");
    }
    JsonObject.Builder extra = JsonObject.builder();
    for (String member : Method.RETRY_MEMBERS) {
      extra.putIfPresent(member, params.get(member));
    }
    return new ToolCall(
        facts, names.server(), names.name(), arguments, meta(params), extra.build());
  }

  private static GatedRequest list(RequestFacts facts, JsonObject params) {
    String cursor = params.string("cursor");
    if (params.has("cursor") && cursor == null) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "cursor is not a string");
    }
    return new ListRequest(facts, cursor, meta(params));
  }

  private static GatedRequest task(RequestFacts facts, Method method, JsonObject params) {
    String id = params.string("taskId");
    if (id == null || id.isEmpty()) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "taskId is no name");
    }
    if (method == Method.TASKS_UPDATE && params.object("inputResponses") == null) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "inputResponses is not an object");
    }
    return new TaskRequest(facts, id, params.without("taskId", "_meta"), meta(params));
  }

  private static GatedRequest primitive(RequestFacts facts, Method method, JsonObject params) {
    if (method == Method.COMPLETE && params.object("argument") == null) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "argument is not an object");
    }
    if (method == Method.SET_LEVEL && !LogLevels.known(params.string("level"))) {
      return refuse(facts, ReasonCode.PARAMS_INVALID, "level is not a log level");
    }
    String server = facts.route().server();
    if (server == null) {
      return method == Method.SET_LEVEL
          ? new LocalRequest(facts, JsonObject.of())
          : AggregatePrimitives.read(facts, method, params);
    }
    PrimitiveCall call = PrimitiveCall.of(facts, server, params);
    return call == null
        ? refuse(facts, ReasonCode.PARAMS_INVALID, "the parameters name nothing")
        : call;
  }

  private static JsonObject meta(JsonObject params) {
    JsonObject meta = params.object("_meta");
    return meta == null ? JsonObject.of() : meta;
  }

  private static @Nullable JsonObject orEmpty(
      JsonObject params, String member) {
    return params.has(member) ? params.object(member) : JsonObject.of();
  }
}
