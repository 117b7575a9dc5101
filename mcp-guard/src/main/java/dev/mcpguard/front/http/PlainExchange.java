package dev.mcpguard.front.http;

import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Method;
import dev.mcpguard.front.Rendering;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.registry.OwnTransport;

/**
 * A call of one of the guard's own tools in plain HTTP, for people and scripts: the body is the
 * arguments, and {@code intent} beside them what {@code _meta} would carry. It becomes the same {@link
 * ToolCall} as a {@code tools/call} and walks the same gate; there is no second path ({@code
 * docs/admin-api.md}).
 */
final class PlainExchange {
  private static final String INTENT = "intent";
  private static final String META = ToolCall.DECLARED_INTENT;

  private final Exchange exchange;
  private final String tool;

  PlainExchange(Exchange exchange, String tool) {
    this.exchange = exchange;
    this.tool = tool;
    exchange.reply().cancelOnLeave();
  }

  void call(JsonValue document) {
    if (!(document instanceof JsonObject body)) {
      exchange.refuse(
          Method.TOOLS_CALL.text(), null,
          Refusal.of(ReasonCode.REQUEST_INVALID, "the body is not an object"), 400);
      return;
    }
    RequestFacts facts =
        exchange
            .arrival()
            .facts(
                Caller.speaking(ProtocolVersion.LATEST_MODERN), Method.TOOLS_CALL.text(), null,
                JsonObject.of());
    JsonValue intent = body.get(INTENT);
    JsonObject meta = intent == null ? JsonObject.of() : JsonObject.of().with(META, intent);
    ToolCall call =
        new ToolCall(
            facts, OwnTransport.SERVER, tool, body.without(INTENT), meta, JsonObject.of());
    exchange.ask(call, Rendering.of(call));
  }
}
