package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cleared calls for tests; the caller's token is always {@link #CANARY}. */
public final class Calls {
  /** What must never reach a server. */
  public static final String CANARY = "canary-token-of-the-caller";

  private Calls() {}

  /** The object this text spells. */
  public static JsonObject object(String json) {
    try {
      return StrictJson.parseObject(
          json.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException malformed) {
      throw new AssertionError(json, malformed);
    }
  }

  /** A call of {@code echo} that ends in {@code millis}. */
  public static ClearedCall call(
      ProtocolVersion version, String arguments, String meta, long millis) {
    return call(version, arguments, meta, millis, "{\"name\":\"echo\"}");
  }

  /** The same of a tool with this definition. */
  public static ClearedCall call(
      ProtocolVersion version, String arguments, String meta, long millis, String definition) {
    return call(version, arguments, meta, millis, definition, List.of());
  }

  /** The same with obligations. */
  public static ClearedCall call(
      ProtocolVersion version,
      String arguments,
      String meta,
      long millis,
      String definition,
      List<Obligation> obligations,
      String... redact) {
    Instant now = Instant.now();
    Route route = new Route("files", "https://guard.example/mcp/files");
    RequestFacts facts =
        new RequestFacts(
            "01JD0000000000000000000000",
            "http",
            route,
            Credential.bearer(CANARY),
            version,
            "tools/call",
            JsonNumber.of(7),
            now,
            100,
            "127.0.0.1",
            null,
            JsonObject.of(),
            JsonObject.of());
    JsonObject given = object(arguments);
    ToolCall call = new ToolCall(facts, "files", "echo", given, object(meta), JsonObject.of());
    JsonObject described = object(definition);
    ServedTool tool = Tools.served("files", described, redact);
    Intent intent =
        new Intent(
            "audit", RiskClass.READ, null, Set.of(), Set.of(), Set.of(), null,
            IntentSource.ASSERTED);
    ClassifiedCall classified =
        new ClassifiedCall(
            new IdentifiedCall(call, principal("alice")),
            tool,
            RiskClass.READ,
            intent,
            given,
            object(meta),
            Digest.of(given),
            JsonArray.of());
    return new ClearedCall(
        classified,
        new Decision.Permit(obligations, JsonArray.of(), "r1"),
        new Admission(1, facts.decisionId()),
        now.plusMillis(millis));
  }

  /** The same call made again by {@code subject} with what a retry carries and these arguments. */
  public static ClearedCall again(
      ClearedCall call, String subject, String arguments, JsonObject retry) {
    ToolCall first = call.classified().call();
    JsonObject given = object(arguments);
    ToolCall again =
        new ToolCall(
            first.facts().as("01JD0000000000000000000001"),
            first.server(),
            first.tool(),
            given,
            first.meta(),
            retry);
    ClassifiedCall classified =
        new ClassifiedCall(
            new IdentifiedCall(again, principal(subject)),
            call.classified().tool(),
            call.classified().riskClass(),
            call.classified().intent(),
            given,
            call.classified().meta(),
            Digest.of(given),
            JsonArray.of());
    return new ClearedCall(classified, call.permit(), call.admission(), call.deadline());
  }

  /** A caller of this name. */
  public static Principal principal(String subject) {
    Agent agent =
        new Agent(
            "agent", "owner", Map.of(), null, RiskClass.ADMIN, Sensitivity.RESTRICTED, null,
            LocalDate.MAX, Agent.State.ACTIVE);
    return new Principal(
        new PrincipalKey("https://issuer.example", subject, "client"),
        agent,
        Set.of(),
        JsonObject.of(),
        List.of(),
        List.of(),
        Digest.of(JsonObject.of()),
        Instant.MAX,
        "jwt",
        null);
  }
}
