package dev.mcpguard.gate;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.InstantText;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClassifiedPrimitive;
import dev.mcpguard.model.Derived;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.PrimitiveKind;
import dev.mcpguard.registry.RegisteredPrimitive;
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
  private static final Derived<Principal, JsonObject> SUBJECTS =
      new Derived<>(principal -> CanonicalJson.keeping(subject(principal)));
  private static final Derived<ServedTool, JsonObject> RESOURCES =
      new Derived<>(tool -> CanonicalJson.keeping(resource(tool)));
  private static final Derived<ServedTool, JsonObject> CALLS =
      new Derived<>(tool -> CanonicalJson.keeping(action("tools/call", tool.riskClass(), tool)));

  private PolicyInput() {}

  /** The question about one call. */
  public static AuthorizationRequest calling(ClassifiedCall call, Instant now) {
    RequestFacts facts = call.call().facts();
    JsonObject context =
        circumstances(facts, now)
            .put("intent", CanonicalJson.keeping(intent(call.intent())))
            .put("arguments", call.arguments())
            .put("findings", call.findings())
            .build();
    return question(call.principal(), action(call), RESOURCES.of(call.tool()), context);
  }

  /** The question whether a caller may see a tool: no arguments, its registered maximum as intent. */
  public static AuthorizationRequest listing(
      ListRequest request, Principal principal, ServedTool tool, Instant now) {
    RequestFacts facts = request.facts();
    JsonObject context =
        circumstances(facts, now)
            .put("intent", registeredMaximum(principal.agent()))
            .build();
    return question(
        principal, action(facts.method(), tool.riskClass(), tool), RESOURCES.of(tool), context);
  }

  /** The question about one request for another primitive. */
  static AuthorizationRequest asking(ClassifiedPrimitive call, Instant now) {
    RequestFacts facts = call.call().facts();
    JsonObject context =
        circumstances(facts, now)
            .put("intent", intent(call.intent()))
            .put("arguments", call.params())
            .put("findings", JsonArray.of())
            .build();
    return question(
        call.principal(), action(facts, call.primitive()), resource(call.primitive()), context);
  }

  /** The question whether a caller may see a resource, template or prompt in a list. */
  static AuthorizationRequest listing(
      ListRequest request, Principal principal, RegisteredPrimitive primitive, Instant now) {
    JsonObject context =
        circumstances(request.facts(), now)
            .put("intent", registeredMaximum(principal.agent()))
            .build();
    return question(
        principal, action(request.facts(), primitive), resource(primitive), context);
  }

  private static JsonObject.Builder circumstances(RequestFacts facts, Instant now) {
    return JsonObject.builder()
        .put("time", InstantText.of(now))
        .put("protocol", facts.version().text())
        .put("front", facts.front())
        .put("trace", facts.trace());
  }

  private static JsonObject action(RequestFacts facts, RegisteredPrimitive primitive) {
    JsonObject properties =
        JsonObject.builder()
            .put("class", primitive.riskClass().text())
            .put("effects", JsonArray.of())
            .put("egress", false)
            .build();
    return JsonObject.builder().put("name", facts.method()).put("properties", properties).build();
  }

  private static JsonObject resource(RegisteredPrimitive primitive) {
    JsonObject properties =
        JsonObject.builder()
            .put("server", primitive.server().text())
            .put(primitive.kind() == PrimitiveKind.RESOURCE ? "uri" : "name", primitive.name())
            .put("owner", primitive.owner())
            .put("sensitivity", primitive.sensitivity().text())
            .put("destination", primitive.destination().text())
            .put("status", "approved")
            .build();
    return JsonObject.builder()
        .put("type", primitive.kind().text())
        .put("id", primitive.id())
        .put("properties", properties)
        .build();
  }

  private static AuthorizationRequest question(
      Principal principal, JsonObject action, JsonObject resource, JsonObject context) {
    return new AuthorizationRequest(
        JsonObject.builder()
            .put("subject", SUBJECTS.of(principal))
            .put("action", action)
            .put("resource", resource)
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

  private static JsonObject action(ClassifiedCall call) {
    String method = call.call().facts().method();
    boolean usual = call.riskClass() == call.tool().riskClass() && method.equals("tools/call");
    return usual ? CALLS.of(call.tool()) : action(method, call.riskClass(), call.tool());
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
