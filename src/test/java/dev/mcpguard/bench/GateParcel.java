package dev.mcpguard.bench;

import dev.mcpguard.app.wiring.KeptSchemas;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.gate.Allowances;
import dev.mcpguard.gate.GateParts;
import dev.mcpguard.gate.Gatekeeper;
import dev.mcpguard.gate.Passages;
import dev.mcpguard.gate.RuleClassifier;
import dev.mcpguard.gate.TaskBounds;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.identity.IssuerSettings;
import dev.mcpguard.identity.TrustedIssuer;
import dev.mcpguard.identity.WorkloadIdentityVerifier;
import dev.mcpguard.intent.DeclaredIntentReader;
import dev.mcpguard.issuer.DevelopmentIssuer;
import dev.mcpguard.issuer.TokenRequest;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.CallerLimits;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.model.ToolServer;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.EmbeddedPolicy;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.release.ReleaseFilter;
import dev.mcpguard.release.ReleaseLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** A gate of real parts over files of its own; only the tool server is not there. Thread-safe. */
final class GateParcel {
  private static final JsonObject TOOL =
      JsonObject.builder()
          .put("name", "echo")
          .put("inputSchema", JsonObject.builder().put("type", "object").build())
          .build();
  private static final CallOutcome ANSWER =
      new CallOutcome.Replied(
          JsonObject.of()
              .with("content", JsonArray.of(
                  JsonObject.builder().put("type", "text").put("text", "hello").build())),
          64);

  final InstantSource clock = InstantSource.system();
  final Route route = new Route("files", "http://127.0.0.1:7400/mcp/files");
  final Path home = Files.createTempDirectory("gate-benchmark");
  final WorkloadIdentityVerifier identity;
  final DeclaredIntentReader intents = new DeclaredIntentReader();
  final RuleClassifier classifier = new RuleClassifier(new KeptSchemas("inputSchema")::accept);
  final EmbeddedPolicy policy;
  final ReleaseFilter release = new ReleaseFilter(ReleaseLimits.standard());
  final CallLog log;
  final ServedTool tool;
  final Credential credential;
  private final AgentRegister agents;
  private final Digest registryRevision;

  GateParcel() throws Exception {
    write("agents.yaml",
        """
        schema: 1
        agents:
          - id: bench
            match: {issuer: urn:mcp-guard:development-issuer, claims: {sub: bench}}
            owner: the bench
            purposes: {bench: {class: read}}
            ceiling: read
            sensitivity: internal
            review-by: 2099-12-31
        """);
    write("servers/files.yaml",
        """
        schema: 1
        server: files
        owner: the bench
        contact: none@example.com
        purpose: the bench
        transport: {type: http, url: "http://127.0.0.1:1/mcp"}
        credential: {type: none}
        sensitivity: internal
        destination: internal
        review-by: 2099-12-31
        tools:
          echo: {class: read, digest: "%s"}
        """.formatted(DefinitionDigest.of(TOOL).text()));
    DevelopmentIssuer issuer = DevelopmentIssuer.open(home.resolve("issuer"), clock);
    agents = AgentRegisterReader.read(home.resolve("agents.yaml"));
    RegistrySnapshot registry = RegistryLoader.load(home.resolve("servers"));
    registryRevision = registry.revision();
    RegisteredTool registered =
        Objects.requireNonNull(Objects.requireNonNull(registry.manifest("files")).tool("echo"));
    tool = new ServedTool(registered, TOOL, DefinitionDigest.of(TOOL));
    identity =
        new WorkloadIdentityVerifier(
            List.of(
                TrustedIssuer.withKeyFile(
                    IssuerSettings.strict(DevelopmentIssuer.ISSUER), issuer.publicKeys())),
            () -> agents, clock);
    credential =
        Credential.bearer(
            issuer.token(
                new TokenRequest(
                    "bench", List.of(route.resource()), "mcp:read", Duration.ofHours(6))));
    policy =
        new EmbeddedPolicy(
            CompiledPolicies.compile(PolicyFiles.read(policies()), Duration.ofMillis(250)));
    log = SegmentedCallLog.open(CallLogSettings.of(home.resolve("audit"), "bench"), clock);
  }

  private static Path policies() {
    Path here = Path.of("policies");
    return Files.isDirectory(here) ? here : Path.of("..", "..", "policies");
  }

  private void write(String name, String text) throws Exception {
    Path file = home.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  /** The gate over this log. */
  Gatekeeper gate(CallLog over) {
    Passages passages =
        new Passages(
            "bench", identity, over, record -> {}, registry(), () -> agents.revision().text(),
            clock, Duration.ofSeconds(60), RequestObserver.NONE,
            new Allowances(CallerLimits.NONE, clock));
    return new Gatekeeper(
        new GateParts(
            passages, registry(), intents, classifier, policy, server -> new Answering(), release,
            (server, kind, name) -> null, new SecureRandom(), TaskBounds.OFF),
        (served, list, caller) -> served.definition());
  }

  private ToolRegistry registry() {
    return new ToolRegistry() {
      @Override
      public ToolLookup find(String server, String name) {
        return new ToolLookup.Found(tool);
      }

      @Override
      public List<ServedTool> served(String server) {
        return List.of(tool);
      }

      @Override
      public List<String> servers() {
        return List.of("files");
      }

      @Override
      public Digest revision() {
        return registryRevision;
      }
    };
  }

  /** Answers at once. */
  private static final class Answering implements ToolServer {
    @Override
    public CallOutcome call(ClearedCall call, ReplyChannel channel) {
      return ANSWER;
    }

    @Override
    public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
      return ANSWER;
    }

    @Override
    public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
      return ANSWER;
    }
  }
}
