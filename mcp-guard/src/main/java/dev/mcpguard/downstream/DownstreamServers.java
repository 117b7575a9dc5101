package dev.mcpguard.downstream;

import dev.mcpguard.downstream.catalogue.CatalogueListener;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.model.ToolServer;
import dev.mcpguard.model.ToolServers;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of the registered servers, made when first needed and made anew when the manifest
 * gives another connection: a pinned identity is never carried over (threat E5). Thread-safe.
 */
final class DownstreamServers implements ToolServers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DownstreamServers.class);

  /** A client and the connection it was made for. */
  private record Entry(
      ServerManifest.Connection connection,
      Map<String, String> labels,
      SupervisedServer<?> server) {

    boolean fits(ServerManifest manifest) {
      return connection.equals(manifest.connection())
          && labels.equals(manifest.stewardship().labels());
    }
  }

  private final Supplier<RegistrySnapshot> registry;
  private final ServerFactory factory;
  private final CatalogueListener listener;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  DownstreamServers(
      Supplier<RegistrySnapshot> registry, ServerFactory factory, CatalogueListener listener) {
    this.registry = registry;
    this.factory = factory;
    this.listener = listener;
  }

  @Override
  public @Nullable ToolServer find(String server) {
    return supervised(server);
  }

  /** The way to the server for requests of the guard itself, or null if there is none. */
  @Nullable ServerLink link(String server) {
    return supervised(server);
  }

  @Nullable SupervisedServer<?> supervised(String server) {
    ServerManifest manifest = registry.get().manifest(server);
    if (manifest == null) {
      return null;
    }
    Entry entry = entries.get(server);
    if (entry == null || !entry.fits(manifest)) {
      entry = entries.compute(server, (id, before) -> fitting(manifest, before));
    }
    return entry == null ? null : entry.server();
  }

  private @Nullable Entry fitting(ServerManifest manifest, @Nullable Entry before) {
    if (before != null && before.fits(manifest)) {
      return before;
    }
    if (before != null) {
      retire(before);
    }
    String server = manifest.server().text();
    try {
      SupervisedServer<?> made =
          factory.make(manifest, eventsOf(server));
      return new Entry(manifest.connection(), manifest.stewardship().labels(), made);
    } catch (SSLException | IllegalArgumentException unusable) {
      LOG.warn("server `{}` cannot be used: {}", server, unusable.getMessage());
      return null;
    }
  }

  private ServerEvents eventsOf(String server) {
    return new ServerEvents() {
      @Override
      public void listChanged(String kind) {
        listener.listChanged(server, kind);
      }

      @Override
      public void resourceUpdated(String uri) {
        listener.resourceUpdated(server, uri);
      }
    };
  }

  /** Ends the clients of servers that are registered no more. */
  void retireUnregistered() {
    List<String> gone = new ArrayList<>(entries.keySet());
    gone.removeIf(server -> registry.get().manifest(server) != null);
    for (String server : gone) {
      Entry entry = entries.remove(server);
      if (entry != null) {
        retire(entry);
      }
    }
  }

  private static void retire(Entry entry) {
    Thread.ofVirtual().name("server-close").start(entry.server()::close);
  }

  @Override
  public void close() {
    entries.values().parallelStream().forEach(entry -> entry.server().close());
    entries.clear();
  }
}
