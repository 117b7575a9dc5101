package dev.mcpguard.downstream;

import dev.mcpguard.downstream.catalogue.CatalogueListener;
import dev.mcpguard.downstream.catalogue.LiveToolRegistry;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.PrimitiveRegistry;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.model.ToolServers;
import dev.mcpguard.registry.ClassFinding;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.Suspension;
import dev.mcpguard.registry.ToolOffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole back side for {@code app} to wire: tool servers, live registry, health, and the clock
 * that renews listings. Thread-safe.
 */
public final class Downstream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Downstream.class);

  private static final Duration ASKING = Duration.ofSeconds(2);

  private final Supplier<RegistrySnapshot> snapshot;
  private final DownstreamSettings settings;
  private final DownstreamServers servers;
  private final LiveToolRegistry registry;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("listings").factory());

  /**
   * Wires everything and asks no server yet.
   *
   * @param snapshot the registry in force
   * @param classifier what the guard itself holds a definition for; null from it says nothing
   * @param environment looks up a variable of the guard's environment
   * @param listener is told what changes
   */
  public Downstream(
      Supplier<RegistrySnapshot> snapshot,
      Function<JsonObject, @Nullable ClassFinding> classifier,
      DownstreamSettings settings,
      UnaryOperator<@Nullable String> environment,
      CatalogueListener listener) {
    this.snapshot = snapshot;
    this.settings = settings;
    ServerFactory factory = new ServerFactory(settings, environment);
    this.servers = new DownstreamServers(snapshot, factory, new News(listener));
    this.registry =
        new LiveToolRegistry(snapshot, servers::link, classifier, settings.freshness(), listener);
  }

  /** The listing is renewed before anybody is told that it changed. */
  private final class News implements CatalogueListener {
    private final CatalogueListener listener;

    News(CatalogueListener listener) {
      this.listener = listener;
    }

    @Override
    public void withheld(String server, ToolOffer.Withheld offer) {
      listener.withheld(server, offer);
    }

    @Override
    public void served(String server, String tool) {
      listener.served(server, tool);
    }

    @Override
    public void unreachable(String server, String detail) {
      listener.unreachable(server, detail);
    }

    @Override
    public void listChanged(String server, String kind) {
      if (kind.equals("tools")) {
        registry.outdated(server);
      }
      listener.listChanged(server, kind);
    }

    @Override
    public void resourceUpdated(String server, String uri) {
      listener.resourceUpdated(server, uri);
    }
  }

  /** Fetches every listing in the background, now and then on. */
  public void start() {
    long period = settings.freshness().bound().toNanos() / 3;
    timer.scheduleWithFixedDelay(this::renew, 0, period, TimeUnit.NANOSECONDS);
  }

  private void renew() {
    try {
      servers.retireUnregistered();
      registry.renew();
    } catch (RuntimeException bug) {
      // a timer whose task throws once never runs again
      LOG.error("the listings could not be renewed", bug);
    }
  }

  public ToolServers servers() {
    return servers;
  }

  public ToolRegistry registry() {
    return registry;
  }

  /** Resources and prompts as the registry sees them now. */
  public PrimitiveRegistry primitives() {
    return (server, kind, name) -> {
      ServerManifest manifest = snapshot.get().manifest(server);
      return manifest == null ? null : manifest.primitive(kind, name);
    };
  }

  /** What a server says it can do; empty if it cannot be asked. Quick once it answered. */
  public JsonObject capabilities(String server) {
    SupervisedServer<?> client = servers.supervised(server);
    return client == null ? JsonObject.of() : client.capabilities(Deadline.in(ASKING));
  }

  /** The last comparison of a server's tools, for operators; null if there is none. */
  public @Nullable LiveCatalogue catalogue(String server) {
    return registry.last(server);
  }

  /** A server's tools listed anew and compared, for operators; null if it cannot be listed. */
  public @Nullable LiveCatalogue listedAnew(String server) {
    return registry.listedAnew(server);
  }

  /** How every registered server is doing; asks nobody. */
  public List<ServerHealth> health() {
    List<ServerHealth> all = new ArrayList<>();
    snapshot.get().manifests().forEach(manifest -> all.add(health(manifest)));
    return all;
  }

  private ServerHealth health(ServerManifest manifest) {
    String server = manifest.server().text();
    SupervisedServer<?> client = servers.supervised(server);
    LiveCatalogue last = registry.last(server);
    return new ServerHealth(
        server,
        client != null && client.state() == CircuitBreaker.State.CLOSED,
        client == null ? "its connection cannot be used" : registry.problem(server),
        last == null ? 0 : last.served().size(),
        last == null ? 0 : last.withheld().size(),
        (int)
            manifest.tools().values().stream()
                .filter(tool -> tool.standing().suspension() == Suspension.QUARANTINED)
                .count(),
        client == null ? CircuitBreaker.State.OPEN.code() : client.state().code());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    servers.close();
  }
}
