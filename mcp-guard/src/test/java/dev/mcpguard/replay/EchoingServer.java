package dev.mcpguard.replay;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.TasksExtension;
import dev.mcpguard.model.ToolServer;

/** A server that answers every call, by a task where it may. */
final class EchoingServer implements ToolServer {
  @Override
  public CallOutcome call(ClearedCall call, ReplyChannel channel) {
    boolean known = call.classified().call().task() != null;
    return known || TasksExtension.declared(call.meta())
        ? new CallOutcome.Replied(task(known ? "complete" : "task"), 2)
        : new CallOutcome.Replied(
            JsonObject.builder().put("content", JsonArray.of()).build(), 2);
  }

  private static JsonObject task(String type) {
    return JsonObject.builder()
        .put("resultType", type)
        .put("taskId", "of-the-server")
        .put("status", "working")
        .put("createdAt", "2026-11-21T08:00:00Z")
        .put("lastUpdatedAt", "2026-11-21T08:00:00Z")
        .put("ttlMs", 60_000)
        .build();
  }

  @Override
  public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
    throw new IllegalStateException("nobody asks");
  }

  @Override
  public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
    throw new IllegalStateException("nobody lists");
  }
}
