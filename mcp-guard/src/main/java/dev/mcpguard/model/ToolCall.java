package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/**
 * A strictly parsed {@code tools/call}: the only reading of the bytes there is (invariant 1).
 *
 * @param facts the request
 * @param server the server id from the route or the exposed name
 * @param tool the tool's own name at that server
 * @param arguments the arguments as parsed, number text kept
 * @param meta {@code params._meta} as parsed, empty if absent
 * @param extra the other members of {@code params} that the revision defines (inputResponses,
 *     requestState), for forwarding
 */
public record ToolCall(
    RequestFacts facts,
    String server,
    String tool,
    JsonObject arguments,
    JsonObject meta,
    JsonObject extra)
    implements GatedRequest {

  /** {@code server/tool}, the resource id in policy and records. */
  public String resource() {
    return server + "/" + tool;
  }
}
