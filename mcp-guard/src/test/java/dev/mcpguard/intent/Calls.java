package dev.mcpguard.intent;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.registry.Classification;
import dev.mcpguard.registry.DataExposure;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import dev.mcpguard.registry.ServerId;
import dev.mcpguard.registry.ToolDeclaration;
import dev.mcpguard.registry.ToolLimits;
import dev.mcpguard.registry.ToolName;
import dev.mcpguard.registry.ToolStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identified calls and served tools for tests. */
final class Calls {
  static final String RESOURCE = "https://guard.example.com/mcp/files";
  static final String PLAIN =
      "{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"path\":{}}}}";

  private Calls() {}

  static JsonObject json(String text) {
    try {
      return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException bad) {
      throw new IllegalArgumentException(text, bad);
    }
  }

  /** Purposes: look (read), fix (write, files/* only), rule (admin). */
  static Agent agent(@Nullable String defaultPurpose) {
    return new Agent(
        "reader",
        "Ada Example",
        Map.of(
            "look", new Agent.Purpose(RiskClass.READ, Set.of()),
            "fix", new Agent.Purpose(RiskClass.WRITE, Set.of("files/*")),
            "rule", new Agent.Purpose(RiskClass.ADMIN, Set.of())),
        defaultPurpose,
        RiskClass.ADMIN,
        Sensitivity.RESTRICTED,
        null,
        LocalDate.of(2027, 1, 1),
        Agent.State.ACTIVE);
  }

  static IdentifiedCall call(Agent agent, String arguments, String meta, String... details) {
    Route route = new Route("files", RESOURCE);
    RequestFacts facts =
        new RequestFacts(
            "01",
            "http",
            route,
            Credential.none(),
            ProtocolVersion.values()[0],
            "tools/call",
            null,
            Instant.EPOCH,
            0,
            "127.0.0.1",
            null,
            JsonObject.of(),
            JsonObject.of());
    Principal principal =
        new Principal(
            new PrincipalKey("i", "s", "c"),
            agent,
            Set.of(),
            JsonObject.of(),
            List.of(),
            List.of(details).stream().map(Calls::json).toList(),
            Digest.of(new byte[0]),
            Instant.EPOCH,
            "jwt",
            null);
    return new IdentifiedCall(
        new ToolCall(facts, "files", "t", json(arguments), json(meta), JsonObject.of()), principal);
  }

  /** A meta object with this intent. */
  static String meta(String intent) {
    return "{\"dev.mcpguard/intent\":" + intent + "}";
  }

  static ServedTool tool(String definition) {
    return tool(
        "files",
        "read_file",
        RiskClass.READ,
        new DataExposure(Sensitivity.INTERNAL, Destination.INTERNAL),
        definition);
  }

  static ServedTool tool(
      String server, String name, RiskClass riskClass, DataExposure exposure, String definition) {
    JsonObject object = json(definition);
    Digest digest = Digest.of(object);
    ToolDeclaration declaration =
        new ToolDeclaration(
            new ToolName(name),
            new Classification(riskClass, Set.of()),
            exposure,
            digest,
            new ToolDeclaration.Demands(List.of(), List.of(), ToolLimits.NONE, null));
    return new ServedTool(
        new RegisteredTool(
            new ServerId(server), "owner", declaration, ToolStatus.APPROVED, Set.of()),
        object,
        digest);
  }
}
