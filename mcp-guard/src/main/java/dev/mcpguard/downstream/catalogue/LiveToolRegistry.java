package dev.mcpguard.downstream.catalogue;

import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Derived;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.registry.ClassFinding;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.ToolOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PIP for tools: what is declared, pinned and, by a listing that is fresh, still what was approved.
 * Everything else is not served. Thread-safe; asks a server only when no fresh listing is there.
 */
public final class LiveToolRegistry implements ToolRegistry {
  /** The manifest label that demands a listing before every call: {@code check: every-call}. */
  static final String CHECK_LABEL = "check";

  static final String EVERY_CALL = "every-call";

  private final Supplier<RegistrySnapshot> registry;
  private final Function<String, @Nullable ServerLink> links;
  private final Function<JsonObject, @Nullable ClassFinding> classifier;
  private final Freshness freshness;
  private final CatalogueListener listener;
  private final Map<String, ServerCatalogue> catalogues = new ConcurrentHashMap<>();
  private final Derived<ToolOffer.Served, ServedTool> tools = new Derived<>(LiveToolRegistry::tool);

  /**
   * A registry over a changing snapshot.
   *
   * @param registry the snapshot in force
   * @param links the way to each server
   * @param classifier what the guard itself holds a definition for
   */
  public LiveToolRegistry(
      Supplier<RegistrySnapshot> registry,
      Function<String, @Nullable ServerLink> links,
      Function<JsonObject, @Nullable ClassFinding> classifier,
      Freshness freshness,
      CatalogueListener listener) {
    this.registry = registry;
    this.links = links;
    this.classifier = classifier;
    this.freshness = freshness;
    this.listener = listener;
  }

  @Override
  public ToolLookup find(String server, String tool) {
    RegistrySnapshot snapshot = registry.get();
    ServerManifest manifest = snapshot.manifest(server);
    if (manifest == null || snapshot.find(server, tool) == null) {
      return notServed(ReasonCode.TOOL_UNKNOWN, "the tool is not declared in the registry");
    }
    LiveCatalogue catalogue = catalogue(manifest);
    if (catalogue == null) {
      return notServed(
          ReasonCode.DOWNSTREAM_UNREACHABLE,
          "the server's tools cannot be compared with the approved ones: " + problem(server));
    }
    return switch (catalogue.find(tool)) {
      case ToolOffer.Served served -> new ToolLookup.Found(tools.of(served));
      case ToolOffer.Withheld withheld -> notServed(withheld);
    };
  }

  @Override
  public List<ServedTool> served(String server) {
    ServerManifest manifest = registry.get().manifest(server);
    LiveCatalogue catalogue = manifest == null ? null : catalogue(manifest);
    List<ServedTool> served = new ArrayList<>();
    if (catalogue != null) {
      catalogue.served().forEach(offer -> served.add(tools.of(offer)));
    }
    return served;
  }

  @Override
  public List<String> servers() {
    return registry.get().manifests().stream()
        .map(manifest -> manifest.server().text())
        .toList();
  }

  @Override
  public Digest revision() {
    return registry.get().revision();
  }

  /** The server said that its list changed: the next call waits for a new one. */
  public void outdated(String server) {
    ServerCatalogue catalogue = catalogues.get(server);
    ServerManifest manifest = registry.get().manifest(server);
    ServerLink link = links.apply(server);
    if (catalogue != null && manifest != null && link != null) {
      catalogue.outdated();
      catalogue.renew(manifest, link);
    }
  }

  /** Fetches every listing anew in the background; called on start and by a timer. */
  public void renew() {
    for (ServerManifest manifest : registry.get().manifests()) {
      ServerLink link = links.apply(manifest.server().text());
      if (link != null) {
        of(manifest.server().text()).renew(manifest, link);
      }
    }
    catalogues.keySet().removeIf(server -> registry.get().manifest(server) == null);
  }

  /** The last comparison of a server's tools, however old, for operators; null if there is none. */
  public @Nullable LiveCatalogue last(String server) {
    ServerCatalogue catalogue = catalogues.get(server);
    return catalogue == null ? null : catalogue.last();
  }

  /** The server's tools listed anew, compared; null if it is not registered or cannot be listed. */
  public @Nullable LiveCatalogue listedAnew(String server) {
    ServerManifest manifest = registry.get().manifest(server);
    ServerLink link = manifest == null ? null : links.apply(server);
    return manifest == null || link == null ? null : of(server).current(manifest, link, true);
  }

  /** Why a server's tools are not served, or null if nothing is wrong. */
  public @Nullable String problem(String server) {
    ServerCatalogue catalogue = catalogues.get(server);
    return catalogue == null ? "not listed yet" : catalogue.problem();
  }

  private @Nullable LiveCatalogue catalogue(ServerManifest manifest) {
    String server = manifest.server().text();
    ServerLink link = links.apply(server);
    boolean askFirst = EVERY_CALL.equals(manifest.stewardship().labels().get(CHECK_LABEL));
    return link == null ? null : of(server).current(manifest, link, askFirst);
  }

  private ServerCatalogue of(String server) {
    ServerCatalogue known = catalogues.get(server);
    return known == null
        ? catalogues.computeIfAbsent(
            server,
            name ->
                new ServerCatalogue(freshness, classifier, new CatalogueChanges(name, listener)))
        : known;
  }

  private static ServedTool tool(ToolOffer.Served offer) {
    Digest pinned = offer.tool().digest();
    Digest digest = pinned == null ? DefinitionDigest.of(offer.definition()) : pinned;
    return new ServedTool(offer.tool(), offer.definition(), digest);
  }

  private static ToolLookup notServed(ToolOffer.Withheld offer) {
    ReasonCode reason = ReasonCode.ofText(offer.reason().code());
    String detail = offer.detail() + " (live " + offer.live() + ", pinned " + offer.pinned() + ")";
    ReasonCode told = reason == null ? ReasonCode.TOOL_QUARANTINED : reason;
    return new ToolLookup.NotServed(Refusal.of(told, detail), offer.live());
  }

  private static ToolLookup notServed(ReasonCode reason, String detail) {
    return new ToolLookup.NotServed(Refusal.of(reason, detail));
  }
}
