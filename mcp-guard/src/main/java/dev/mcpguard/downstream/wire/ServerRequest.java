package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ClassifiedPrimitive;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.TaskReference;
import dev.mcpguard.model.ToolCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request toward a tool server, before an era and an id are chosen. Immutable.
 *
 * <p>INVARIANT: no type in here can hold the caller's token, so no transport can forward it.
 *
 * @param method the JSON-RPC method
 * @param params its parameters without {@code _meta}
 * @param meta {@code _meta} without the guard's own keys
 * @param mirrored values of {@code Mcp-Param-*} headers by full header name, not yet encoded
 * @param caller whose request it is
 * @param deadline when it ends
 */
public record ServerRequest(
    String method,
    JsonObject params,
    JsonObject meta,
    Map<String, String> mirrored,
    Caller caller,
    Deadline deadline) {
  private static final String[] RETRY = {"inputResponses", "requestState"};

  public ServerRequest {
    mirrored = Map.copyOf(mirrored);
    meta = withoutGuardKeys(meta);
  }

  /**
   * Exactly the decided value of a cleared call.
   *
   * @param mirrored what {@link MirroredParameters} of the approved definition give; empty where
   *     there are no headers
   */
  public static ServerRequest of(
      ClearedCall cleared, Map<String, String> mirrored, Deadline deadline) {
    ToolCall call = cleared.classified().call();
    TaskReference task = call.task();
    JsonObject.Builder params =
        task == null
            ? JsonObject.builder()
                .put("name", call.tool())
                .put("arguments", cleared.classified().arguments())
            : JsonObject.builder().put("taskId", task.serverId());
    if (GuardState.in(call.extra()) == null) {
      call.extra().members().forEach(params::put);
    }
    JsonObject meta = cleared.classified().meta();
    return new ServerRequest(
        task == null ? "tools/call" : call.facts().method(),
        params.build(),
        meta,
        task == null ? mirrored : Map.of(),
        Caller.of(cleared.principal().key(), call.facts().version(), meta).takingTasks(meta),
        deadline);
  }

  /** Exactly the decided value of another primitive, and what its retry carries. */
  public static ServerRequest of(ClearedPrimitive cleared, Deadline deadline) {
    ClassifiedPrimitive decided = cleared.classified();
    RequestFacts facts = cleared.facts();
    JsonObject sent = decided.params();
    JsonObject retry = decided.call().params();
    // INVARIANT: what the guard asked for itself is the guard's and goes to no server
    boolean ours = GuardState.in(retry) != null;
    for (String member : RETRY) {
      JsonValue value = ours ? null : retry.get(member);
      sent = value == null ? sent : sent.with(member, value);
    }
    return new ServerRequest(
        facts.method(),
        sent,
        cleared.meta(),
        Map.of(),
        Caller.of(cleared.principal().key(), facts.version(), cleared.meta()),
        deadline);
  }

  /** One page of a list, asked for a verified caller. */
  public static ServerRequest of(ClearedListing listing, Deadline deadline) {
    RequestFacts facts = listing.request().facts();
    JsonObject.Builder params = JsonObject.builder().putIfPresent("cursor", listing.cursor());
    JsonObject meta = listing.request().meta();
    return new ServerRequest(
        facts.method(),
        params.build(),
        meta,
        Map.of(),
        Caller.of(listing.principal().key(), facts.version(), meta),
        deadline);
  }

  /** A request of the guard itself. */
  public static ServerRequest own(
      String method, JsonObject params, Caller caller, Deadline deadline) {
    return new ServerRequest(method, params, JsonObject.of(), Map.of(), caller, deadline);
  }

  /** The value {@code Mcp-Name} mirrors, or null where the method has none. */
  public @Nullable String mirroredName() {
    return switch (method) {
      case "tools/call", "prompts/get" -> params.string("name");
      case "resources/read" -> params.string("uri");
      case "tasks/get", "tasks/update", "tasks/cancel" -> params.string("taskId");
      default -> null;
    };
  }

  /** The client's own progress token, or null if it wants no progress. */
  public @Nullable JsonValue progressToken() {
    return meta.get(MetaKeys.PROGRESS_TOKEN);
  }

  private static JsonObject withoutGuardKeys(JsonObject meta) {
    String[] own =
        meta.members().keySet().stream()
            .filter(name -> name.startsWith(MetaKeys.GUARD))
            .toArray(String[]::new);
    return own.length == 0 ? meta : meta.without(own);
  }
}
