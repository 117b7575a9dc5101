package dev.mcpguard.app.registry;

import dev.mcpguard.gate.PolicyInput;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.registry.RiskClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The questions the gate would put to policy, for calls that nobody made: the same builder, an agent
 * with a token of these scopes, no arguments. Immutable.
 */
final class AccessQuestions {
  private final Set<String> scopes;
  private final Instant now;

  AccessQuestions(Set<String> scopes, Instant now) {
    this.scopes = Set.copyOf(scopes);
    this.now = now;
  }

  /** May this agent call this tool so, for this purpose. */
  AuthorizationRequest calling(
      AgentRegister.Entry agent, ServedTool tool, RiskClass called, String purpose) {
    ToolCall call =
        new ToolCall(
            facts("tools/call", tool), tool.server(), tool.name(), JsonObject.of(),
            JsonObject.of(), JsonObject.of());
    Agent.Purpose registered = Objects.requireNonNull(agent.agent().purposes().get(purpose));
    Intent intent =
        new Intent(
            purpose, registered.ceiling(), null, Set.of(), Set.of(), Set.of(), null,
            IntentSource.ASSERTED);
    return PolicyInput.calling(
        new ClassifiedCall(
            new IdentifiedCall(call, principal(agent)), tool, called, intent, JsonObject.of(),
            JsonObject.of(), Digest.of(JsonObject.of()), JsonArray.of()),
        now);
  }

  /** May this agent see this tool in a list. */
  AuthorizationRequest listing(AgentRegister.Entry agent, ServedTool tool) {
    ListRequest request = new ListRequest(facts("tools/list", tool), null, JsonObject.of());
    return PolicyInput.listing(request, principal(agent), tool, now);
  }

  private Principal principal(AgentRegister.Entry entry) {
    Map<String, String> claims = entry.claims();
    String subject = claims.getOrDefault("sub", entry.agent().id());
    String client = claims.getOrDefault("client_id", claims.getOrDefault("azp", subject));
    return new Principal(
        new PrincipalKey(entry.issuer(), subject, client),
        entry.agent(),
        scopes,
        JsonObject.of(),
        List.of(),
        List.of(),
        Digest.of(JsonObject.of()),
        now,
        "jwt",
        claims.get("tenant"));
  }

  private RequestFacts facts(String method, ServedTool tool) {
    return new RequestFacts(
        "access", "http", new Route(tool.server(), ""), Credential.none(),
        ProtocolVersion.LATEST_MODERN, method, null, now, 0, "", null, JsonObject.of(),
        JsonObject.of());
  }
}
