package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A strictly parsed {@code tools/call}: the only reading of the bytes there is (invariant 1). A
 * request about the task a call was answered by is the same call under a method of its own, so that
 * everything that held of the call is decided again.
 *
 * @param facts the request
 * @param server the server id from the route or the exposed name
 * @param tool the tool's own name at that server
 * @param arguments the arguments as parsed, number text kept
 * @param meta {@code params._meta} as parsed, empty if absent
 * @param extra the other members of {@code params} that the revision defines (inputResponses,
 *     requestState), for forwarding
 * @param task the task the request is about, or null for the call itself
 */
public record ToolCall(
    RequestFacts facts,
    String server,
    String tool,
    JsonObject arguments,
    JsonObject meta,
    JsonObject extra,
    @Nullable TaskReference task)
    implements GatedRequest {
  /** The member of {@code _meta} that declares intent. */
  public static final String DECLARED_INTENT = "dev.mcpguard/intent";

  /** The call itself. */
  public ToolCall(
      RequestFacts facts,
      String server,
      String tool,
      JsonObject arguments,
      JsonObject meta,
      JsonObject extra) {
    this(facts, server, tool, arguments, meta, extra, null);
  }

  /** The intent as {@code _meta} declares it, unread, or null. */
  public @Nullable JsonValue declaredIntent() {
    return meta.get(DECLARED_INTENT);
  }

  /** {@code server/tool}, the resource id in policy and records. */
  public String resource() {
    return server + "/" + tool;
  }
}
