package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.front.FrontMetrics;
import dev.mcpguard.front.http.FrontWiring;
import dev.mcpguard.front.http.HttpFront;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.publish.metrics.MetricsText;
import dev.mcpguard.publish.metrics.RuntimeMetrics;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A guard that serves HTTP. Close it once. */
public final class GuardServer implements AutoCloseable {
  private final GuardConfiguration configuration;
  private final Guard guard;
  private final HttpFront front;
  private final CountDownLatch ended = new CountDownLatch(1);
  private int port;
  private volatile boolean stopping;

  private GuardServer(GuardConfiguration configuration, Guard guard, InstantSource clock) {
    this.configuration = configuration;
    this.guard = guard;
    this.front =
        new HttpFront(
            configuration.front(),
            guard.entrance(),
            new FrontWiring(
                this::servers,
                guard.capabilities(),
                (server, tool) -> inputSchema(guard, server, tool),
                guard.places(),
                new GuardPages(this::readiness, this::metrics),
                clock,
                new SecureRandom()),
            guard.runtime());
    guard.sessions(front::watchSessions);
    guard.announcements().to(front::announceListChanged, front::announceResourceUpdated);
  }

  /** Starts everything; returns once clients are served. */
  public static GuardServer start(GuardConfiguration configuration, InstantSource clock)
      throws ConfigException, AuditUnavailableException, IOException {
    Guard guard = Guard.open(configuration, clock);
    try {
      GuardServer server = new GuardServer(configuration, guard, clock);
      server.port = server.front.start();
      return server;
    } catch (IOException | RuntimeException failed) {
      guard.close();
      throw failed;
    }
  }

  static @Nullable JsonObject inputSchema(Guard guard, String server, String tool) {
    return guard.tools().find(server, tool) instanceof ToolLookup.Found(var found)
        ? found.definition().object("inputSchema")
        : null;
  }

  private Set<String> servers() {
    Set<String> servers = new HashSet<>();
    guard.registrySnapshot().manifests().forEach(each -> servers.add(each.server().text()));
    return servers;
  }

  private List<GuardPages.Readiness> readiness() {
    List<GuardPages.Readiness> parts = new ArrayList<>(guard.health().readiness());
    if (stopping) {
      parts.addFirst(
          new GuardPages.Readiness("process", false, true, "the guard is stopping; send no more"));
    }
    return parts;
  }

  /**
   * Ends as a service should: says so in {@code /readyz} first, so that whoever balances load sends
   * no more, serves what still comes meanwhile, and then closes.
   */
  public void drain() {
    stopping = true;
    try {
      Thread.sleep(configuration.drain());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private String metrics() {
    MetricsText text = new MetricsText();
    FrontMetrics metrics = front.metrics();
    text.counters(
            "mcpguard_requests_total", "requests by outcome", "outcome",
            metrics.requestsByOutcome())
        .gauge("mcpguard_connections", "open client connections", metrics.openConnections())
        .gauge("mcpguard_requests_running", "requests inside the gate", metrics.requestsRunning())
        .gauge("mcpguard_sessions", "legacy sessions of clients", metrics.sessions())
        .gauge("mcpguard_streams", "open event streams that no request runs behind", metrics.streams());
    guard.health().write(text);
    RuntimeMetrics.write(text);
    return text.toString();
  }

  /** The port that is bound. */
  public int port() {
    return port;
  }

  /** Where clients reach it. */
  public String url() {
    return configuration.front().publicUrl();
  }

  /** Waits until {@link #close} is called. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public void close() {
    front.close();
    guard.close();
    ended.countDown();
  }
}
