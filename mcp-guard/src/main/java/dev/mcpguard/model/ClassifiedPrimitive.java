package dev.mcpguard.model;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.RegisteredPrimitive;

/**
 * A request for another primitive whose class and intent are known: everything policy is asked
 * about.
 *
 * @param identified the request and its caller
 * @param primitive what the registry says of its target
 * @param intent the declared ceiling
 * @param params the parameters to judge, without {@code _meta} and the members of a retry
 * @param meta {@code _meta} to forward, carriers removed
 * @param paramsDigest digest of {@code params}
 */
public record ClassifiedPrimitive(
    IdentifiedPrimitive identified,
    RegisteredPrimitive primitive,
    Intent intent,
    JsonObject params,
    JsonObject meta,
    Digest paramsDigest) {

  /** The same with another {@code _meta} to forward; nothing that was decided about changes. */
  public ClassifiedPrimitive withMeta(JsonObject sent) {
    return new ClassifiedPrimitive(identified, primitive, intent, params, sent, paramsDigest);
  }

  /** The parsed request. */
  public PrimitiveCall call() {
    return identified.call();
  }

  /** The verified caller. */
  public Principal principal() {
    return identified.principal();
  }
}
