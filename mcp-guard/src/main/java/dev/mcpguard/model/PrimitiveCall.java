package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.PrimitiveKind;
import org.jspecify.annotations.Nullable;

/**
 * A request for another primitive that reaches a server ({@code resources/read}, {@code
 * prompts/get}, {@code completion/complete}, {@code resources/subscribe}, ...), with its own action
 * name in policy.
 *
 * <p>INVARIANT: {@code target} is read from {@code params}, so what is judged is what is sent.
 *
 * @param facts the request
 * @param server the server id
 * @param target what it is about
 * @param params the parameters as parsed, in the server's own names, {@code _meta} included
 */
public record PrimitiveCall(RequestFacts facts, String server, Target target, JsonObject params)
    implements GatedRequest {

  public PrimitiveCall {
    if (!target.equals(target(facts.method(), server, params))) {
      throw new IllegalArgumentException("the target is not the one of the parameters");
    }
  }

  /**
   * The one thing a request is about.
   *
   * @param name a URI, a prompt's name, or the server's id
   */
  public record Target(PrimitiveKind kind, String name) {}

  /** The call, or null if the parameters name nothing of the kind the method is about. */
  public static @Nullable PrimitiveCall of(RequestFacts facts, String server, JsonObject params) {
    Target target = target(facts.method(), server, params);
    return target == null ? null : new PrimitiveCall(facts, server, target, params);
  }

  private static @Nullable Target target(String method, String server, JsonObject params) {
    return switch (method) {
      case "resources/read", "resources/subscribe", "resources/unsubscribe" ->
          target(PrimitiveKind.RESOURCE, params.string("uri"));
      case "prompts/get" -> target(PrimitiveKind.PROMPT, params.string("name"));
      case "completion/complete" -> reference(params.object("ref"));
      case "subscriptions/listen" -> target(PrimitiveKind.RESOURCE, params.string("uri"));
      case "logging/setLevel" -> target(PrimitiveKind.SERVER, server);
      default -> null;
    };
  }

  private static @Nullable Target reference(@Nullable JsonObject ref) {
    String type = ref == null ? null : ref.string("type");
    if (ref == null || type == null) {
      return null;
    }
    return switch (type) {
      case "ref/prompt" -> target(PrimitiveKind.PROMPT, ref.string("name"));
      case "ref/resource" -> target(PrimitiveKind.RESOURCE, ref.string("uri"));
      default -> null;
    };
  }

  private static @Nullable Target target(PrimitiveKind kind, @Nullable String name) {
    return name == null || name.isEmpty() ? null : new Target(kind, name);
  }
}
