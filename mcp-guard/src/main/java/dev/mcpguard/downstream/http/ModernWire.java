package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.CallRelay;
import dev.mcpguard.downstream.wire.Envelope;
import dev.mcpguard.downstream.wire.HeaderValue;
import dev.mcpguard.downstream.wire.RequestIds;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReplyChannel;
import java.util.HashMap;
import java.util.Map;

/** MCP 2026-07-28: every request stands alone. Closing the stream is the cancellation. */
final class ModernWire {
  private final HttpSender sender;
  private final RequestIds ids;
  private final ServerEvents events;

  ModernWire(HttpSender sender, RequestIds ids, ServerEvents events) {
    this.sender = sender;
    this.ids = ids;
    this.events = events;
  }

  CallOutcome send(ServerRequest request, ReplyChannel client) {
    return HttpVerdict.outcome(exchange(request, client));
  }

  HttpReply exchange(ServerRequest request, ReplyChannel client) {
    long id = ids.next();
    byte[] body = Envelope.modern(request, id);
    CallRelay relay = new CallRelay(request, id, client, events);
    RpcExchange exchange =
        new RpcExchange(
            id, request.deadline(), relay, RpcExchange.StreamPeer.NONE, sender.limits());
    try (OpenAnswer answer = sender.post(headers(request), body, request.deadline(), client)) {
      return exchange.read(answer);
    }
  }

  static Map<String, String> headers(ServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    headers.put("MCP-Protocol-Version", ProtocolVersion.LATEST_MODERN.text());
    headers.put("Mcp-Method", request.method());
    String name = request.mirroredName();
    if (name != null) {
      headers.put("Mcp-Name", HeaderValue.encode(name));
    }
    request.mirrored().forEach((header, value) -> headers.put(header, HeaderValue.encode(value)));
    return headers;
  }
}
