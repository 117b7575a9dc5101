package dev.mcpguard.publish.telemetry;

import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestTarget;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of spans and metrics (OpenTelemetry MCP conventions, status Development). Pure.
 *
 * <p>INVARIANT: nothing of arguments, results, credentials, URIs or session ids becomes an attribute,
 * and a name a caller can make up never becomes an attribute of a metric.
 */
final class Names {
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("mcp.method.name");
  static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  static final AttributeKey<String> PROMPT = AttributeKey.stringKey("gen_ai.prompt.name");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("jsonrpc.request.id");
  static final AttributeKey<String> VERSION = AttributeKey.stringKey("mcp.protocol.version");
  static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("network.transport");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> STATUS = AttributeKey.stringKey("rpc.response.status_code");
  static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");
  static final AttributeKey<String> SERVER = AttributeKey.stringKey("mcpguard.server");
  static final AttributeKey<String> DECISION = AttributeKey.stringKey("mcpguard.decision");
  static final AttributeKey<String> DECISION_ID = AttributeKey.stringKey("mcpguard.decision_id");
  static final AttributeKey<String> CLASS = AttributeKey.stringKey("mcpguard.class");
  static final AttributeKey<String> AGENT = AttributeKey.stringKey("mcpguard.agent");

  private static final int LONGEST_ID = 128;
  private static final String OTHER = "_OTHER";

  /** What a method name is shortened to when it is none of these: callers write it. */
  private static final Set<String> METHODS =
      Set.of(
          "initialize", "ping", "server/discover", "tools/list", "tools/call", "resources/list",
          "resources/templates/list", "resources/read", "resources/subscribe",
          "resources/unsubscribe", "prompts/list", "prompts/get", "completion/complete",
          "logging/setLevel", "subscriptions/listen", "tasks/get", "tasks/update", "tasks/cancel", "notifications/initialized",
          "notifications/cancelled", "notifications/progress", "notifications/roots/list_changed");

  private Names() {}

  static String method(RequestFacts facts) {
    return METHODS.contains(facts.method()) ? facts.method() : OTHER;
  }

  /** {@code tools/call search}; a URI is never part of it. */
  static String span(RequestFacts facts, RequestTarget target) {
    boolean named =
        !target.name().isEmpty() && (target.kind().equals("tool") || target.kind().equals("prompt"));
    return named ? method(facts) + " " + target.name() : method(facts);
  }

  /** What both sides of a request have in common. */
  static AttributesBuilder common(RequestFacts facts, RequestTarget target) {
    AttributesBuilder attributes = Attributes.builder().put(METHOD, method(facts));
    if (target.kind().equals("tool")) {
      attributes.put(TOOL, target.name()).put(OPERATION, "execute_tool");
    } else if (target.kind().equals("prompt")) {
      attributes.put(PROMPT, target.name());
    }
    if (!target.server().isEmpty()) {
      attributes.put(SERVER, target.server());
    }
    return attributes;
  }

  static String transport(RequestFacts facts) {
    return facts.front().equals("stdio") ? "pipe" : "tcp";
  }

  static @Nullable String requestId(@Nullable JsonValue id) {
    String text =
        switch (id) {
          case JsonString string -> string.value();
          case JsonNumber number -> number.text();
          case null, default -> null;
        };
    return text == null || text.length() > LONGEST_ID ? null : text;
  }

  /** {@code error.type} of an answer, or null when it is none. */
  static @Nullable String error(Answer answer) {
    return switch (answer) {
      case Answer.Result result -> toolError(result.result());
      case Answer.ServerError error -> code(error.error());
      case Answer.Refused refused -> refused.refusal().reason().text();
    };
  }

  /** {@code error.type} of what a server said, or null when it is none. */
  static @Nullable String error(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Replied replied -> toolError(replied.result());
      case CallOutcome.Waiting waiting -> null;
      case CallOutcome.ServerError error -> code(error.error());
      case CallOutcome.Failed failed -> failed.reason().text();
    };
  }

  private static @Nullable String toolError(JsonObject result) {
    return result.get("isError") == JsonBoolean.TRUE ? "tool_error" : null;
  }

  /** The code of an error; a server can write any number, so others than these count as one. */
  static String code(JsonObject error) {
    Long code = error.get("code") instanceof JsonNumber number ? number.longValue() : null;
    return code != null && code >= -32_800 && code <= -32_000 ? Long.toString(code) : OTHER;
  }
}
