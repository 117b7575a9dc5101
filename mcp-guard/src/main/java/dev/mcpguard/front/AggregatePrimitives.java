package dev.mcpguard.front;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.registry.ExposedUri;
import org.jspecify.annotations.Nullable;

/**
 * Requests for primitives at {@code /mcp}: the name says which server is meant and is turned into that
 * server's own ({@code docs/decisions/0040}). What names no server is nothing. Stateless.
 */
final class AggregatePrimitives {
  private AggregatePrimitives() {}

  static GatedRequest read(RequestFacts facts, Method method, JsonObject params) {
    Own own = method == Method.COMPLETE ? reference(facts, params) : own(facts, params);
    PrimitiveCall call =
        own == null ? null : PrimitiveCall.of(facts, own.server(), own.params());
    return call == null
        ? RequestReader.refuse(facts, ReasonCode.TOOL_UNKNOWN, "nothing in the request names a server")
        : call;
  }

  /** The parameters in the server's own names. */
  private record Own(String server, JsonObject params) {}

  private static @Nullable Own reference(RequestFacts facts, JsonObject params) {
    JsonObject ref = params.object("ref");
    Own own = ref == null ? null : own(facts, ref);
    return own == null ? null : new Own(own.server(), params.with("ref", own.params()));
  }

  private static @Nullable Own own(RequestFacts facts, JsonObject params) {
    String uri = params.string("uri");
    if (uri != null) {
      ExposedUri exposed = ExposedUri.ofText(uri);
      return exposed == null
          ? null
          : new Own(exposed.server().text(), params.with("uri", new JsonString(exposed.uri())));
    }
    String name = params.string("name");
    ToolNames names = name == null ? null : ToolNames.of(facts.route(), name);
    return names == null
        ? null
        : new Own(names.server(), params.with("name", new JsonString(names.name())));
  }
}
