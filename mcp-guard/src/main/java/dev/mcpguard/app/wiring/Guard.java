package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.IssuerConfiguration;
import dev.mcpguard.app.registry.DefinitionJudge;
import dev.mcpguard.audit.FoldedEvents;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.keep.LogKeeper;
import dev.mcpguard.downstream.Downstream;
import dev.mcpguard.downstream.DownstreamSettings;
import dev.mcpguard.downstream.http.HttpRuntime;
import dev.mcpguard.front.FrontCapabilities;
import dev.mcpguard.gate.GateParts;
import dev.mcpguard.gate.Gatekeeper;
import dev.mcpguard.gate.Passages;
import dev.mcpguard.gate.RuleClassifier;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.identity.TrustedIssuer;
import dev.mcpguard.identity.WorkloadIdentityVerifier;
import dev.mcpguard.intent.DeclaredIntentReader;
import dev.mcpguard.issuer.DevelopmentIssuer;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.publish.metrics.Histogram;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.release.ReleaseFilter;
import dev.mcpguard.release.ReleaseLimits;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running guard without its front: everything a {@link Gate} needs, wired by hand, in the order in
 * which it can fail. Thread-safe; close it once.
 */
final class Guard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FOLD = Duration.ofSeconds(1);

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
    this.agents = new Kept<>(sourceOfAgents(), log, register -> {});
    this.registry = new Kept<>(sourceOfRegistry(), log, snapshot -> {});
    this.decisionPoint = new DecisionPoint(configuration.policy());
    this.policies = new PolicyInForce(configuration.policy(), log, clock, decisionPoint::use);
    this.runtime = HttpRuntime.open(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    this.downstream =
        new Downstream(
            registry, new DefinitionJudge()::apply, DownstreamSettings.standard(runtime), System::getenv,
            new CatalogueEvents(log, clock, announcements));
    this.strangers =
        new FoldedEvents(
            log, clock, configuration.instance(), configuration.strangersPerSecond(), FOLD);
    this.identity = new WorkloadIdentityVerifier(issuers(), agents, clock);
    this.observers = Observers.open(configuration, registry);
    log.watchSyncs(syncs::add);
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
              configuration.audit().folder(), configuration.instance(), configuration.keeping(),
              log::durableSize, clock);
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

  private Kept.Source<AgentRegister> sourceOfAgents() {
    return new Kept.Source<>(
        "agents",
        configuration.agents(),
        () -> AgentRegisterReader.read(configuration.agents()),
        register -> CanonicalJson.bytes(register.document()));
  }

  private Kept.Source<RegistrySnapshot> sourceOfRegistry() {
    return new Kept.Source<>(
        "registry",
        configuration.servers(),
        () -> RegistryLoader.load(configuration.servers()),
        snapshot -> CanonicalJson.bytes(snapshot.evidence()));
  }

  private Gate gate() {
    ToolRegistry tools = new KeptDefinitions(downstream.registry(), log);
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
            observers.observer());
    GateParts parts =
        new GateParts(
            passages,
            tools,
            new DeclaredIntentReader(this::flatArguments),
            new RuleClassifier(new InputSchemas()),
            decisionPoint,
            downstream.servers(),
            new ReleaseFilter(ReleaseLimits.standard()),
            downstream.primitives(),
            new SecureRandom());
    return new Gatekeeper(parts, new ExposedTools(this::flatArguments));
  }

  /** Off where a manifest is labelled {@code intent: meta-only}. */
  private boolean flatArguments(String server) {
    ServerManifest manifest = registry.get().manifest(server);
    return configuration.intentArguments()
        && (manifest == null
            || !"meta-only".equals(manifest.stewardship().labels().get("intent")));
  }

  private List<TrustedIssuer> issuers() {
    List<TrustedIssuer> issuers = new ArrayList<>();
    for (IssuerConfiguration issuer : configuration.issuers()) {
      issuers.add(
          switch (issuer.keys()) {
            case IssuerConfiguration.KeyFile(var file) ->
                TrustedIssuer.withKeyFile(issuer.settings(), file);
            case IssuerConfiguration.KeyUrl(var url) ->
                TrustedIssuer.withKeyUrl(issuer.settings(), url, clock);
          });
    }
    return issuers;
  }

  private void start() {
    downstream.start();
    decisionPoint.warm();
    policies.start();
    timer.scheduleWithFixedDelay(
        this::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void poll() {
    try {
      agents.poll();
      registry.poll();
      policies.kept().poll();
      strangers.tick();
    } catch (AuditUnavailableException | RuntimeException failed) {
      LOG.error("the periodic work of the guard failed", failed);
    }
  }

  Gate entrance() {
    return gate;
  }

  Announcements announcements() {
    return announcements;
  }

  FrontCapabilities capabilities() {
    return new OfferedCapabilities(downstream.registry()::servers, downstream::capabilities);
  }

  RegistrySnapshot registrySnapshot() {
    return registry.get();
  }

  Downstream downstream() {
    return downstream;
  }

  /** How its parts are doing. */
  GuardHealth health() {
    return new GuardHealth(
        log, keeper, syncs, List.of(agents, registry, policies.kept()), policies, downstream,
        strangers, identity, observers);
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
