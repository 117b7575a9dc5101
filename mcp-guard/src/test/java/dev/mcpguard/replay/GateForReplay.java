package dev.mcpguard.replay;

import dev.mcpguard.gate.Allowances;
import dev.mcpguard.gate.GateParts;
import dev.mcpguard.gate.Gatekeeper;
import dev.mcpguard.gate.Passages;
import dev.mcpguard.gate.Rehearsal;
import dev.mcpguard.gate.RuleClassifier;
import dev.mcpguard.gate.TaskBounds;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.identity.AgentStanding;
import dev.mcpguard.intent.DeclaredIntentReader;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallerLimits;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.TasksExtension;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.EmbeddedPolicy;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ToolOffer;
import dev.mcpguard.release.ReleaseFilter;
import dev.mcpguard.release.ReleaseLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The real gate over a real log, register, registry and policy, with faked caller and server. */
final class GateForReplay {
  private static final List<String> TOOLS = List.of("read", "write", "purge", "changed", "nowhere");
  private static final ReleaseFilter RELEASE = new ReleaseFilter(ReleaseLimits.standard());
  private static final int UNSERVED_EVERY = 97;

  private final Gatekeeper gate;

  private GateForReplay(Gatekeeper gate) {
    this.gate = gate;
  }

  static int unserved(int calls) {
    return (calls + UNSERVED_EVERY - 1) / UNSERVED_EVERY;
  }

  static ReplaySteps steps() {
    RuleClassifier classifier = new RuleClassifier((tool, arguments) -> true);
    return new ReplaySteps(
        definition -> null,
        new Rehearsal(new DeclaredIntentReader(), classifier),
        new Rehearsal(new DeclaredIntentReader(server -> false), classifier),
        RELEASE::canDischarge);
  }

  static GateForReplay over(CallLog log, Path folder) throws Exception {
    AgentRegister agents = AgentRegisterReader.read(StrictYaml.parse(ReplayTexts.AGENTS, "agents.yaml"));
    RegistrySnapshot snapshot = registryWithout(folder, "");
    CompiledPolicies policies = CompiledPolicies.compile(PolicyFiles.read(policies()), Duration.ofSeconds(5));
    log.keep("agents", CanonicalJson.bytes(agents.document()));
    log.keep("registry", CanonicalJson.bytes(snapshot.evidence()));
    log.keep("policy", policies.files().document());
    for (JsonObject definition : listing()) {
      log.keep("definition", CanonicalJson.bytes(definition));
    }
    InstantSource clock = InstantSource.system();
    ToolRegistry registry = registry(snapshot);
    Passages passages =
        new Passages(
            "one", (credential, route) -> identify(agents, credential, clock), log,
            record -> { }, registry, () -> agents.revision().text(), clock, Duration.ofSeconds(5),
            RequestObserver.NONE, new Allowances(CallerLimits.NONE, clock));
    GateParts parts =
        new GateParts(
            passages, registry, new DeclaredIntentReader(),
            new RuleClassifier((tool, arguments) -> true), new EmbeddedPolicy(policies),
            server -> new EchoingServer(), RELEASE, (server, kind, name) -> null,
            new SecureRandom(), TaskBounds.OFF.switchedOn());
    return new GateForReplay(new Gatekeeper(parts, (tool, list, caller) -> tool.definition()));
  }

  private static Path policies() {
    return above("policies");
  }

  /** A file or folder of the repository, from wherever the test runs below it. */
  static Path above(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      boolean root = Files.isRegularFile(at.resolve("policies/authz.rego"));
      if (root && Files.exists(at.resolve(name))) {
        return at.resolve(name);
      }
    }
    throw new AssertionError("no " + name + " above this folder");
  }

  private static Identification identify(
      AgentRegister agents, Credential credential, InstantSource clock) {
    PrincipalKey key = new PrincipalKey("https://idp.example", credential.token(), "client");
    JsonObject claims = JsonObject.builder().put("sub", credential.token()).build();
    return switch (AgentStanding.of(agents, key, claims, clock.instant())) {
      case AgentStanding.Refused(ReasonCode reason, String detail) ->
          new Identification.Unidentified(
              Refusal.of(reason, detail), true,
              JsonObject.builder()
                  .put("issuer", key.issuer())
                  .put("subject", key.subject())
                  .put("client", key.client())
                  .put("claims", claims)
                  .build());
      case AgentStanding.Registered(var agent, var delegation) ->
          new Identification.Identified(
              new Principal(
                  key, agent, Set.of("mcp:read", "mcp:write"), claims, delegation, List.of(),
                  Digest.of(new JsonString(credential.token())), Instant.EPOCH, "jwt", null));
    };
  }

  private static JsonObject definition(String name) {
    return JsonObject.builder()
        .put("name", name)
        .put("inputSchema", JsonObject.builder().put("type", "object").build())
        .build();
  }

  private static List<JsonObject> listing() {
    return List.of(definition("read"), definition("write"), definition("purge"));
  }

  static RegistrySnapshot registryWithout(Path folder, String left) throws Exception {
    StringBuilder manifest = new StringBuilder(ReplayTexts.MANIFEST);
    for (String tool : List.of("read", "write", "purge", "changed")) {
      String riskClass = tool.equals("purge") ? "admin" : tool.equals("write") ? "write" : "read";
      if (!tool.equals(left)) {
        manifest.append("  ").append(tool).append(": {class: ").append(riskClass)
            .append(", digest: \"").append(Digest.of(definition(tool)).text()).append("\"}\n");
      }
    }
    Path servers = folder.resolve("servers" + left);
    Files.createDirectories(servers);
    Files.writeString(servers.resolve("files.yaml"), manifest);
    return RegistryLoader.load(servers);
  }

  private static ToolRegistry registry(RegistrySnapshot snapshot) {
    List<JsonObject> live = new ArrayList<>(listing());
    live.add(definition("changed").with("description", new JsonString("now it is another")));
    return new ToolRegistry() {
      @Override
      public ToolLookup find(String server, String tool) {
        var manifest = snapshot.manifest(server);
        if (manifest == null || manifest.tool(tool) == null) {
          return new ToolLookup.NotServed(Refusal.of(ReasonCode.TOOL_UNKNOWN, "not declared"));
        }
        return switch (LiveCatalogue.of(manifest, live, definition -> null).find(tool)) {
          case ToolOffer.Served(var found, var definition, var reasons) ->
              new ToolLookup.Found(new ServedTool(found, definition, Digest.of(definition)));
          case ToolOffer.Withheld withheld ->
              new ToolLookup.NotServed(
                  Refusal.of(ReasonCode.TOOL_CHANGED, withheld.detail()), withheld.live());
        };
      }

      @Override
      public List<ServedTool> served(String server) {
        return List.of();
      }

      @Override
      public List<String> servers() {
        return List.of("files");
      }

      @Override
      public Digest revision() {
        return snapshot.revision();
      }
    };
  }

  /** One request, chosen by chance among everything that can happen before and at policy. */
  void call(int number, Random random) {
    String subject = random.nextInt(20) == 0 ? "stranger" : random.nextInt(20) == 0 ? "off" : "reader";
    if (number % UNSERVED_EVERY == 0) {
      Refusal refusal = Refusal.of(ReasonCode.METHOD_UNKNOWN, "unread");
      gate.handle(new Misread(facts(number, "reader"), refusal), ReplyChannel.NONE);
      return;
    }
    String tool = TOOLS.get(random.nextInt(TOOLS.size()));
    JsonObject arguments = JsonObject.builder().put("path", "/tmp/" + random.nextInt(9)).build();
    JsonObject meta = JsonObject.of();
    switch (random.nextInt(5)) {
      case 0 -> arguments = arguments.with("guard_purpose", new JsonString("audit"));
      case 1 -> arguments = arguments.with("guard_purpose", JsonObject.of());
      case 2 -> {
        // nothing is declared
      }
      default ->
          meta =
              JsonObject.of()
                  .with(
                      "dev.mcpguard/intent",
                      JsonObject.builder()
                          .put("purpose", random.nextInt(9) == 0 ? "unknown" : "audit")
                          .build());
    }
    gate.handle(
        new ToolCall(facts(number, subject), "files", tool, arguments, meta, JsonObject.of()),
        ReplyChannel.NONE);
  }

  /** A call by flat intent that is answered by a task, the task asked for thrice, once by another. */
  void taskFlow(int number) {
    JsonObject meta =
        JsonObject.of()
            .with(
                "io.modelcontextprotocol/clientCapabilities",
                TasksExtension.announced(JsonObject.of()));
    JsonObject arguments =
        JsonObject.builder().put("path", "/tmp/1").put("guard_purpose", "audit").build();
    Answer begun =
        gate.handle(
            new ToolCall(facts(number, "reader"), "files", "read", arguments, meta, JsonObject.of()),
            ReplyChannel.NONE);
    String id = begun instanceof Answer.Result result ? result.result().string("taskId") : null;
    if (id == null) {
      throw new AssertionError("no task: " + begun);
    }
    int next = number;
    for (String method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
      Answer answer =
          gate.handle(
              new TaskRequest(
                  facts(++next, "reader").as("D" + next, method), id,
                  JsonObject.of().with("inputResponses", JsonObject.of()), meta),
              ReplyChannel.NONE);
      if (!(answer instanceof Answer.Result)) {
        throw new AssertionError(method + ": " + answer);
      }
    }
    gate.handle(
        new TaskRequest(facts(++next, "off").as("D" + next, "tasks/get"), id, JsonObject.of(), meta),
        ReplyChannel.NONE);
    gate.handle(
        new TaskRequest(
            facts(++next, "reader").as("D" + next, "tasks/get"), id + "x", JsonObject.of(), meta),
        ReplyChannel.NONE);
  }

  private static RequestFacts facts(int number, String subject) {
    return new RequestFacts(
        "D" + number, "http", new Route("files", "https://guard/mcp/files"),
        Credential.bearer(subject), ProtocolVersion.LATEST_MODERN, "tools/call",
        new JsonString("" + number), Instant.now(), 10, "127.0.0.1", null, JsonObject.of(),
        JsonObject.of());
  }
}
