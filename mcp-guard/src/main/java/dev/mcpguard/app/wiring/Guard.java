package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.WitnessConfiguration;
import dev.mcpguard.app.registry.DefinitionJudge;
import dev.mcpguard.app.verbs.VerbParts;
import dev.mcpguard.audit.FoldedEvents;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.keep.KeepingSettings;
import dev.mcpguard.audit.keep.LogKeeper;
import dev.mcpguard.downstream.Downstream;
import dev.mcpguard.downstream.DownstreamSettings;
import dev.mcpguard.downstream.http.HttpRuntime;
import dev.mcpguard.front.FrontCapabilities;
import dev.mcpguard.gate.Allowances;
import dev.mcpguard.gate.GateParts;
import dev.mcpguard.gate.Gatekeeper;
import dev.mcpguard.gate.Passages;
import dev.mcpguard.gate.RuleClassifier;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.WorkloadIdentityVerifier;
import dev.mcpguard.intent.DeclaredIntentReader;
import dev.mcpguard.issuer.DevelopmentIssuer;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallerPlaces;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.publish.metrics.Histogram;
import dev.mcpguard.publish.telemetry.Telemetry;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.release.ReleaseFilter;
import dev.mcpguard.release.ReleaseLimits;
import dev.mcpguard.release.ResultSchemas;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running guard without its front: everything a {@link Gate} needs, wired by hand, in the order in
 * which it can fail. Thread-safe; close it once.
 */
final class Guard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final GuardConfiguration configuration;
  private final InstantSource clock;
  private final SegmentedCallLog log;
  private final LogKeeper keeper;
  private final Kept<AgentRegister> agents;
  private final Kept<RegistrySnapshot> registry;
  private final PolicyInForce policies;
  private final DecisionPoint decisionPoint;
  private final HttpRuntime runtime;
  private final Downstream downstream;
  private final FoldedEvents strangers;
  private final Histogram syncs = new Histogram(Histogram.FINE);
  private final Observers observers;
  private final WorkloadIdentityVerifier identity;
  private final Announcements announcements = new Announcements();
  private final DefinitionJudge judge = new DefinitionJudge();
  private final Allowances allowances;
  private final @Nullable Administration administration;
  private final Gate gate;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("guard-timer").factory());

  private Guard(
      GuardConfiguration configuration,
      InstantSource clock,
      SegmentedCallLog log,
      LogKeeper keeper)
      throws ConfigException, AuditUnavailableException, IOException {
    this.configuration = configuration;
    this.clock = clock;
    this.log = log;
    this.keeper = keeper;
    this.agents = new Kept<>(GuardSources.agents(configuration), log, register -> {});
    this.registry = new Kept<>(GuardSources.registry(configuration), log, snapshot -> {});
    this.decisionPoint = new DecisionPoint(configuration.policy());
    this.policies = new PolicyInForce(configuration.policy(), log, clock, decisionPoint::use);
    this.runtime = HttpRuntime.open();
    this.downstream =
        new Downstream(
            new BehindGuard(registry), judge::apply,
            DownstreamSettings.standard(runtime).withParking(configuration.protocol().parking()),
            System::getenv, new CatalogueEvents(log, clock, announcements));
    this.strangers =
        new FoldedEvents(
            log, clock, configuration.instance(), configuration.strangersPerSecond(), BEAT);
    this.identity = new WorkloadIdentityVerifier(
            GuardSources.issuers(configuration, clock), agents, clock);
    this.observers = Observers.open(configuration, registry);
    this.allowances = new Allowances(configuration.callers(), clock);
    log.watchSyncs(syncs::add);
    this.administration = configuration.admin() == null ? null : administration();
    this.gate = gate();
  }

  /** Opens everything; what cannot work says so, with file and line. */
  static Guard open(GuardConfiguration configuration, InstantSource clock)
      throws ConfigException, AuditUnavailableException, IOException {
    if (configuration.developmentIssuer() != null) {
      DevelopmentIssuer.open(configuration.developmentIssuer(), clock);
    }
    SegmentedCallLog log = SegmentedCallLog.open(configuration.audit(), clock);
    LogKeeper keeper = null;
    try {
      keeper =
          LogKeeper.start(
              configuration.audit().folder(), configuration.instance(), keeping(configuration),
              log.durable(), clock);
      Guard guard = new Guard(configuration, clock, log, keeper);
      guard.start();
      return guard;
    } catch (ConfigException | AuditUnavailableException | IOException | RuntimeException failed) {
      log.close();
      if (keeper != null) {
        keeper.close();
      }
      throw failed;
    }
  }

  private static KeepingSettings keeping(GuardConfiguration configuration)
      throws ConfigException {
    WitnessConfiguration witness = configuration.witness();
    return witness == null
        ? configuration.keeping()
        : configuration
            .keeping()
            .withRemote(
                new KeepingSettings.Remote(WitnessLink.of(witness), witness.key()));
  }

  private Administration administration() {
    return new Administration(
        downstream,
        judge::apply,
        new VerbParts(
            configuration.servers(), registry, downstream::listedAnew, log, clock, registry::poll,
            agents, policies.kept()));
  }

  private Gate gate() {
    ToolRegistry tools = new KeptDefinitions(tools(), log);
    Passages passages =
        new Passages(
            configuration.instance(),
            identity,
            log,
            new FoldingStrangers(strangers, log),
            tools,
            () -> agents.get().revision().text(),
            clock,
            configuration.longestCall(),
            observers.observer(),
            allowances);
    GateParts parts =
        new GateParts(
            passages,
            tools,
            new DeclaredIntentReader(this::flatArguments),
            new RuleClassifier(new KeptSchemas("inputSchema")::accept),
            decisionPoint,
            administration == null ? downstream.servers() : administration.servers(),
            new ReleaseFilter(ReleaseLimits.standard(), resultSchemas()),
            downstream.primitives(),
            new SecureRandom(),
            configuration.protocol().tasks());
    return new Gatekeeper(parts, new ExposedTools(this::flatArguments));
  }

  private ResultSchemas resultSchemas() {
    return configuration.protocol().outputSchemas()
        ? new KeptSchemas("outputSchema")::accept
        : ResultSchemas.UNCHECKED;
  }

  /** Off where a manifest is labelled {@code intent: meta-only}. */
  private boolean flatArguments(String server) {
    ServerManifest manifest = registry.get().manifest(server);
    return configuration.intentArguments()
        && (manifest == null
            || !"meta-only".equals(manifest.stewardship().labels().get("intent")));
  }

  private void start() {
    downstream.start();
    decisionPoint.warm();
    policies.start();
    timer.scheduleWithFixedDelay(this::poll, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void poll() {
    try {
      agents.poll();
      registry.poll();
      policies.kept().poll();
      strangers.tick();
      allowances.sweep();
    } catch (AuditUnavailableException | RuntimeException failed) {
      LOG.error("the periodic work of the guard failed", failed);
    }
  }

  Gate entrance() {
    return gate;
  }

  HttpRuntime runtime() {
    return runtime;
  }

  /** What callers hold of this guard. */
  CallerPlaces places() {
    return allowances;
  }

  Announcements announcements() {
    return announcements;
  }

  FrontCapabilities capabilities() {
    return new OfferedCapabilities(
        tools()::servers, downstream::capabilities, configuration.protocol().tasks().on());
  }

  /** Lets telemetry hear of the sessions a front has. */
  void sessions(Consumer<BiConsumer<ProtocolVersion, Duration>> watch) {
    Telemetry telemetry = observers.telemetry();
    if (telemetry != null) {
      watch.accept(telemetry::clientSessionEnded);
    }
  }

  RegistrySnapshot registrySnapshot() {
    return registry.get();
  }

  /** Every tool this guard can serve. */
  ToolRegistry tools() {
    return administration == null ? downstream.registry() : administration.registry();
  }

  /** How its parts are doing. */
  GuardHealth health() {
    return new GuardHealth(
        log, keeper, syncs, List.of(agents, registry, policies.kept()), policies, downstream,
        strangers, allowances, identity, observers);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    downstream.close();
    runtime.close();
    try {
      strangers.flush();
    } catch (AuditUnavailableException unwritable) {
      LOG.error("the last count of unauthenticated requests could not be recorded", unwritable);
    }
    policies.close();
    decisionPoint.close();
    log.close();
    // after the log, so that the last checkpoint covers its last record
    keeper.close();
    observers.close();
  }
}
