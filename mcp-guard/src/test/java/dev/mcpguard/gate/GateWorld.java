package dev.mcpguard.gate;

import dev.mcpguard.downstream.wire.Tools;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.CallerLimits;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.ClearedRequest;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.PolicyDecisionPoint;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.ResponseFilter;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.TasksExtension;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.model.ToolServer;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import dev.mcpguard.registry.ServerManifest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A gate among hand-written parts; every part can be replaced. One thread. */
final class GateWorld {
  static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  static final ServedTool TOOL =
      Tools.served(
          "files",
          JsonObject.builder()
              .put("name", "echo")
              .put("inputSchema", JsonObject.builder().put("type", "object").build())
              .build());

  final RecordingCallLog log = new RecordingCallLog();
  final List<ClearedRequest> forwarded = new ArrayList<>();
  final List<ClearedListing> listings = new ArrayList<>();
  final List<JsonObject> asked = new ArrayList<>();

  Supplier<Identification> identity = () -> new Identification.Identified(principal("a"));
  Supplier<ToolLookup> lookup = () -> new ToolLookup.Found(TOOL);
  Supplier<Decision> decision = () -> permit();
  Supplier<CallOutcome> outcome = () -> new CallOutcome.Replied(JsonObject.of(), 2);
  Supplier<@Nullable Release> release = () -> null;
  RequestFacts.@Nullable SessionReference session;
  ServerManifest manifest = PrimitiveManifests.of("");
  RequestObserver observer = RequestObserver.NONE;
  Route route = new Route("files", "https://guard/mcp/files");
  private @Nullable Gatekeeper gate;
  boolean hidden;
  TaskBounds tasks = TaskBounds.OFF;
  Instant now = NOW;
  JsonObject meta =
      JsonObject.of()
          .with("dev.mcpguard/intent", JsonObject.builder().put("purpose", "audit").build());

  static Decision permit(Obligation... obligations) {
    return new Decision.Permit(List.of(obligations), JsonArray.of(), "sha256:policy");
  }

  static Principal principal(String subject) {
    Agent agent =
        new Agent(
            "agent-" + subject, "Ada", Map.of("audit", new Agent.Purpose(RiskClass.READ, Set.of())),
            null, RiskClass.READ, Sensitivity.INTERNAL, null, LocalDate.of(2030, 1, 1),
            Agent.State.ACTIVE);
    return new Principal(
        new PrincipalKey("issuer", subject, "client"), agent, Set.of("mcp:read"), JsonObject.of(),
        List.of(), List.of(), Digest.of(new JsonString(subject)), NOW.plusSeconds(60), "jwt", null);
  }

  Answer call() {
    return handle(
        new ToolCall(
            facts("tools/call"), "files", "echo",
            JsonObject.builder().put("text", "hi").build(), meta, JsonObject.of()));
  }

  RequestFacts facts(String method) {
    return new RequestFacts(
        "01J", "http", route, Credential.bearer("secret"),
        ProtocolVersion.LATEST_MODERN, method, new JsonString("1"), NOW, 10, "127.0.0.1", session,
        JsonObject.of(), JsonObject.of());
  }

  Answer handle(GatedRequest request) {
    Gatekeeper used = gate == null ? new Gatekeeper(parts(), (tool, list, caller) -> tool.definition()) : gate;
    gate = used;
    return used.handle(request, ReplyChannel.NONE);
  }

  /** A call of a client that takes tasks; its server answers by one. */
  Answer begin() {
    outcome = () -> new CallOutcome.Replied(task("server-task-1", "task", "working"), 2);
    return handle(
        new ToolCall(
            facts("tools/call"), "files", "echo", JsonObject.builder().put("text", "hi").build(),
            takingTasks(), JsonObject.of()));
  }

  JsonObject takingTasks() {
    return meta.with(
        "io.modelcontextprotocol/clientCapabilities", TasksExtension.announced(JsonObject.of()));
  }

  /** A request about a task, of a client that sends the same {@code _meta} with each request. */
  Answer ask(String method, String taskId) {
    return handle(new TaskRequest(facts(method), taskId, JsonObject.of(), takingTasks()));
  }

  static JsonObject task(String id, String type, String status) {
    return JsonObject.builder()
        .put("resultType", type)
        .put("taskId", id)
        .put("status", status)
        .put("createdAt", "2026-11-21T08:00:00Z")
        .put("lastUpdatedAt", "2026-11-21T08:00:00Z")
        .put("ttlMs", 60_000)
        .build();
  }

  private GateParts parts() {
    Passages passages =
        new Passages(
            "test", (credential, route) -> identity.get(), log, log.records::add, registry(),
            () -> "sha256:agents", () -> now, Duration.ofSeconds(5), observer,
            new Allowances(CallerLimits.NONE, () -> now));
    return new GateParts(
        passages, registry(), new dev.mcpguard.intent.DeclaredIntentReader(),
        new RuleClassifier((tool, arguments) -> true), policy(), server -> downstream(), filter(),
        (server, kind, name) -> manifest.primitive(kind, name), new SecureRandom(), tasks);
  }

  private ToolServer downstream() {
    return new ToolServer() {
      @Override
      public CallOutcome call(ClearedCall call, ReplyChannel channel) {
        forwarded.add(call);
        return outcome.get();
      }

      @Override
      public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
        forwarded.add(request);
        return outcome.get();
      }

      @Override
      public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
        listings.add(listing);
        return outcome.get();
      }
    };
  }

  private PolicyDecisionPoint policy() {
    return new PolicyDecisionPoint() {
      @Override
      public Decision decide(AuthorizationRequest request) {
        asked.add(request.input());
        return decision.get();
      }

      @Override
      public boolean visible(AuthorizationRequest request) {
        return !hidden;
      }

      @Override
      public String revision() {
        return "sha256:policy";
      }
    };
  }

  private ToolRegistry registry() {
    return new ToolRegistry() {
      @Override
      public ToolLookup find(String server, String tool) {
        return lookup.get();
      }

      @Override
      public List<ServedTool> served(String server) {
        return List.of(TOOL);
      }

      @Override
      public List<String> servers() {
        return List.of("files");
      }

      @Override
      public Digest revision() {
        return Digest.of(new JsonString("registry"));
      }
    };
  }

  private ResponseFilter filter() {
    return new ResponseFilter() {
      @Override
      public boolean canDischarge(Obligation obligation) {
        return obligation.type().equals("redact");
      }

      @Override
      public Release release(ClearedRequest call, CallOutcome made) {
        Release chosen = release.get();
        if (chosen != null) {
          return chosen;
        }
        return switch (made) {
          case CallOutcome.Replied replied ->
              new Release.Released(replied.result(), false, List.of());
          case CallOutcome.Waiting waiting ->
              new Release.Released(waiting.result(), false, List.of());
          case CallOutcome.ServerError error ->
              new Release.Released(error.error(), true, List.of());
          case CallOutcome.Failed failed ->
              new Release.Withheld(
                  dev.mcpguard.model.Refusal.after(
                      failed.reason(), failed.fate(), failed.detail()));
        };
      }
    };
  }
}
