package dev.mcpguard.model;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.RiskClass;

/**
 * A call whose tool, class and intent are known: everything policy is asked about.
 *
 * @param identified the call and its caller
 * @param tool the registered tool
 * @param riskClass the effective class of this very call
 * @param intent the declared ceiling
 * @param arguments the arguments to judge and forward, carriers removed
 * @param meta {@code _meta} to forward, carriers removed
 * @param argumentsDigest digest of {@code arguments}
 * @param findings what the registry's argument rules found: an array of objects with {@code code}
 */
public record ClassifiedCall(
    IdentifiedCall identified,
    ServedTool tool,
    RiskClass riskClass,
    Intent intent,
    JsonObject arguments,
    JsonObject meta,
    Digest argumentsDigest,
    JsonArray findings) {

  /** The same with another {@code _meta} to forward; nothing that was decided about changes. */
  public ClassifiedCall withMeta(JsonObject sent) {
    return new ClassifiedCall(
        identified, tool, riskClass, intent, arguments, sent, argumentsDigest, findings);
  }

  /** The parsed call. */
  public ToolCall call() {
    return identified.call();
  }

  /** The verified caller. */
  public Principal principal() {
    return identified.principal();
  }
}
