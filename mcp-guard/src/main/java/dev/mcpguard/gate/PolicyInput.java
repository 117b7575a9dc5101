package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.RiskClass;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * Builds the question to policy: the AuthZEN-shaped input document, the same names in Java, Rego,
 * records and docs ({@code docs/schema/policy-input.schema.json}). Pure.
 */
public final class PolicyInput {
  private PolicyInput() {}

  /** The question about one call. */
  public static AuthorizationRequest calling(ClassifiedCall call, Instant now) {
    RequestFacts facts = call.call().facts();
    JsonObject context =
        JsonObject.builder()
            .put("time", now.toString())
            .put("intent", intent(call.intent()))
            .put("arguments", call.arguments())
            .put("findings", call.findings())
            .put("protocol", facts.version().text())
            .put("front", facts.front())
            .put("trace", facts.trace())
            .build();
    return question(
        call.principal(), action(facts.method(), call.riskClass(), call.tool()), call.tool(), context);
  }

  /** The question whether a caller may see a tool: no arguments, its registered maximum as intent. */
  public static AuthorizationRequest listing(
      ListRequest request, Principal principal, ServedTool tool, Instant now) {
    RequestFacts facts = request.facts();
    JsonObject context =
        JsonObject.builder()
            .put("time", now.toString())
            .put("intent", registeredMaximum(principal.agent()))
            .put("protocol", facts.version().text())
            .put("front", facts.front())
            .put("trace", facts.trace())
            .build();
    return question(
        principal, action(facts.method(), tool.riskClass(), tool), tool, context);
  }

  private static AuthorizationRequest question(
      Principal principal, JsonObject action, ServedTool tool, JsonObject context) {
    return new AuthorizationRequest(
        JsonObject.builder()
            .put("subject", subject(principal))
            .put("action", action)
            .put("resource", resource(tool))
            .put("context", context)
            .build());
  }

  private static JsonObject subject(Principal principal) {
    Agent agent = principal.agent();
    JsonObject properties =
        JsonObject.builder()
            .put("issuer", principal.key().issuer())
            .put("client_id", principal.key().client())
            .put("owner", agent.owner())
            .put("purposes", purposes(agent))
            .put("ceiling", agent.ceiling().text())
            .put("sensitivity", agent.sensitivity().text())
            .put("scopes", sorted(principal.scopes()))
            .putIfPresent("tenant", principal.tenant())
            .put("delegation", RecordParts.delegation(principal))
            .put("authenticated_by", principal.authenticatedBy())
            .build();
    return JsonObject.builder()
        .put("type", "agent")
        .put("id", agent.id())
        .put("properties", properties)
        .build();
  }

  private static JsonObject action(String method, RiskClass riskClass, ServedTool tool) {
    JsonObject properties =
        JsonObject.builder()
            .put("class", riskClass.text())
            .put("effects", RecordParts.effects(tool))
            .put("egress", tool.effects().contains(Effect.EGRESS))
            .build();
    return JsonObject.builder().put("name", method).put("properties", properties).build();
  }

  private static JsonObject resource(ServedTool tool) {
    JsonObject properties =
        JsonObject.builder()
            .put("server", tool.server())
            .put("tool", tool.name())
            .put("owner", tool.owner())
            .put("sensitivity", tool.sensitivity().text())
            .put("destination", tool.destination().text())
            .put("definition_digest", tool.definitionDigest().text())
            .put("status", "approved")
            .build();
    return JsonObject.builder()
        .put("type", "tool")
        .put("id", tool.server() + "/" + tool.name())
        .put("properties", properties)
        .build();
  }

  /** The intent as policy and records see it. */
  static JsonObject intent(Intent intent) {
    return JsonObject.builder()
        .put("purpose", intent.purpose())
        .put("class", intent.ceiling().text())
        .putIfPresent("task", intent.task())
        .put("tools", sorted(intent.tools()))
        .put("resources", sorted(intent.resources()))
        .put("destinations", sorted(intent.destinations()))
        .putIfPresent(
            "sensitivity", intent.sensitivity() == null ? null : intent.sensitivity().text())
        .put("source", intent.source().text())
        .build();
  }

  private static JsonObject registeredMaximum(Agent agent) {
    RiskClass highest =
        agent.purposes().values().stream()
            .map(Agent.Purpose::ceiling)
            .max(Comparator.naturalOrder())
            .orElse(RiskClass.READ);
    return JsonObject.builder()
        .put("class", highest.min(agent.ceiling()).text())
        .put("tools", JsonArray.of())
        .put("resources", JsonArray.of())
        .put("destinations", JsonArray.of())
        .put("source", "registered_maximum")
        .build();
  }

  private static JsonObject purposes(Agent agent) {
    JsonObject.Builder purposes = JsonObject.builder();
    agent.purposes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                purposes.put(
                    entry.getKey(),
                    JsonObject.builder()
                        .put("class", entry.getValue().ceiling().text())
                        .put("tools", sorted(entry.getValue().tools()))
                        .build()));
    return purposes.build();
  }

  private static JsonArray sorted(Set<String> texts) {
    return JsonArray.ofStrings(texts.stream().sorted().toList());
  }
}
