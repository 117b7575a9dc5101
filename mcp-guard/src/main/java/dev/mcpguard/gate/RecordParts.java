package dev.mcpguard.gate;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Derived;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.TaskReference;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RegisteredPrimitive;
import dev.mcpguard.registry.RiskClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of members a record is made of ({@code docs/audit-fields.md}). Pure. */
final class RecordParts {
  private static final Derived<Principal, JsonObject> CALLERS =
      new Derived<>(principal -> CanonicalJson.keeping(written(principal)));
  private static final Derived<JsonObject, JsonObject> BRIEF_CALLERS =
      new Derived<>(
          caller ->
              CanonicalJson.keeping(
                  caller.without(
                      "claims", "scopes", "delegation", "expires_at", "authenticated_by",
                      "token_digest")));
  private static final Derived<ServedTool, JsonObject> TOOLS =
      new Derived<>(tool -> CanonicalJson.keeping(written(tool, tool.riskClass())));
  private static final Derived<JsonObject, JsonObject> BRIEF_TOOLS =
      new Derived<>(
          tool ->
              CanonicalJson.keeping(
                  tool.without("effects", "sensitivity", "destination", "owner")));
  private static final Derived<String, String> SESSIONS = new Derived<>(RecordParts::name);

  private RecordParts() {}

  /** The session as records have it: its id is a name that a client holds on to, like a token. */
  static @Nullable String session(RequestFacts facts) {
    return facts.session() == null ? null : SESSIONS.of(facts.session().id());
  }

  static @Nullable JsonObject unlessEmpty(JsonObject members) {
    return members.members().isEmpty() ? null : members;
  }

  /** A name that a client holds on to, as records have it. */
  static String name(String held) {
    return Digest.of(new JsonString(held)).text();
  }

  static JsonObject principal(Principal principal) {
    return CALLERS.of(principal);
  }

  private static JsonObject written(Principal principal) {
    return JsonObject.builder()
        .put("issuer", principal.key().issuer())
        .put("subject", principal.key().subject())
        .put("client", principal.key().client())
        .put("agent", principal.agent().id())
        .put("owner", principal.agent().owner())
        .put("scopes", JsonArray.ofStrings(principal.scopes().stream().sorted().toList()))
        .put("authenticated_by", principal.authenticatedBy())
        .put("token_digest", principal.tokenDigest().text())
        .put("expires_at", principal.expiresAt().toString())
        .put("claims", principal.claims())
        .put("delegation", delegation(principal))
        .putIfPresent("tenant", principal.tenant())
        .build();
  }

  static JsonObject briefly(JsonObject principal) {
    return BRIEF_CALLERS.of(principal);
  }

  static JsonObject brieflyTool(JsonObject tool) {
    return BRIEF_TOOLS.of(tool);
  }

  static JsonArray delegation(Principal principal) {
    List<JsonValue> actors = new ArrayList<>();
    for (Principal.Delegate actor : principal.delegation()) {
      actors.add(
          JsonObject.builder()
              .putIfPresent("issuer", actor.issuer())
              .put("subject", actor.subject())
              .build());
    }
    return new JsonArray(actors);
  }

  static JsonObject tool(ServedTool tool, RiskClass effective) {
    return effective == tool.riskClass() ? TOOLS.of(tool) : written(tool, effective);
  }

  private static JsonObject written(ServedTool tool, RiskClass effective) {
    return JsonObject.builder()
        .put("server", tool.server())
        .put("name", tool.name())
        .put("class", effective.text())
        .put("declared_class", tool.riskClass().text())
        .put("effects", effects(tool))
        .put("sensitivity", tool.sensitivity().text())
        .put("destination", tool.destination().text())
        .put("definition_digest", tool.definitionDigest().text())
        .put("owner", tool.owner())
        .build();
  }

  static JsonObject primitive(RegisteredPrimitive primitive) {
    return JsonObject.builder()
        .put("server", primitive.server().text())
        .put("kind", primitive.kind().text())
        .put("name", primitive.name())
        .put("class", primitive.riskClass().text())
        .put("sensitivity", primitive.sensitivity().text())
        .put("destination", primitive.destination().text())
        .put("owner", primitive.owner())
        .build();
  }

  static JsonArray effects(ServedTool tool) {
    return JsonArray.ofStrings(tool.effects().stream().sorted().map(Effect::text).toList());
  }

  static JsonArray obligations(Decision.Permit permit) {
    List<JsonValue> obligations = new ArrayList<>();
    for (Obligation obligation : permit.obligations()) {
      obligations.add(obligation.properties().with("type", new JsonString(obligation.type())));
    }
    return new JsonArray(obligations);
  }

  /** What became of the effect, as far as the server's answer tells. */
  static Fate fate(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Replied replied -> Fate.EXECUTED;
      case CallOutcome.ServerError error -> Fate.EXECUTED;
      case CallOutcome.Waiting waiting -> Fate.UNKNOWN;
      case CallOutcome.Failed failed -> failed.fate();
    };
  }

  static JsonObject ending(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Replied replied ->
          JsonObject.builder()
              .put("outcome", "replied")
              .put("reply_bytes", replied.bytes())
              .build();
      case CallOutcome.Waiting waiting -> JsonObject.builder().put("outcome", "waiting").build();
      case CallOutcome.ServerError error ->
          JsonObject.builder()
              .put("outcome", "server-error")
              .put("reply_bytes", error.bytes())
              .putIfPresent("server_code", error.error().get("code"))
              .build();
      case CallOutcome.Failed failed ->
          JsonObject.builder()
              .put("outcome", "failed")
              .put("failure", failed.reason().text())
              .put("failure_detail", failed.detail())
              .build();
    };
  }

  /** About a task that is none of the caller's: what it asked for says nothing of a server. */
  static JsonObject asked(TaskRequest request) {
    return JsonObject.of()
        .with("task", JsonObject.builder().put("id", name(request.taskId())).build());
  }

  /** The task a call is asked about, or null. */
  static @Nullable JsonObject task(ToolCall call) {
    TaskReference task = call.task();
    if (task == null) {
      return null;
    }
    JsonObject.Builder members =
        JsonObject.builder().put("id", name(task.handle())).put("call", task.admittedBy());
    if (!call.extra().members().isEmpty()) {
      members.put("responses_digest", Digest.of(call.extra()).text());
    }
    return members.build();
  }

  /** How a call ended that goes on as a task; without a name there was no room for one more. */
  static JsonObject began(JsonObject ending, @Nullable String handle) {
    JsonObject task = ending.with("outcome", new JsonString("task"));
    return handle == null ? task : task.with("task", new JsonString(name(handle)));
  }

  /** What is left of a record that is too large: who, when, where, what policy said and why it ended. */
  static JsonObject shortened(JsonObject body, JsonObject briefPrincipal) {
    JsonObject decision = body.object("decision");
    JsonObject rest =
        body.without(
                "agents_revision", "asked", "decision", "input", "intent", "latency_us", "primitive",
                "registry_revision", "tool")
            .with("principal", briefPrincipal)
            .with("shortened", JsonBoolean.TRUE);
    return decision == null
        ? rest
        : rest.with("decision", decision.without("reasons", "obligations"));
  }

  /** The intent as policy saw it: it is written once. */
  static @Nullable JsonObject intent(JsonObject input) {
    JsonObject context = input.object("context");
    return context == null ? null : context.object("intent");
  }

  /**
   * The question as decided, with the arguments replaced by their digest: they are kept beside the
   * leaf and can be erased.
   */
  static JsonObject withoutArguments(JsonObject input) {
    JsonObject context = input.object("context");
    if (context == null || !context.has("arguments")) {
      return input;
    }
    return input.with("context", context.without("arguments"));
  }
}
