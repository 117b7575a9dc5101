package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All manifests at one moment. Immutable and thread-safe; a reload makes another one. Finding a
 * tool is two hash lookups, however many there are.
 */
public final class RegistrySnapshot {
  private final SortedMap<String, ServerManifest> manifests;
  private final Map<String, Map<String, RegisteredTool>> tools;
  private final JsonObject evidence;
  private final Digest revision;

  private RegistrySnapshot(SortedMap<String, ServerManifest> manifests) {
    this.manifests = Collections.unmodifiableSortedMap(manifests);
    this.tools = new HashMap<>();
    JsonObject.Builder sources = JsonObject.builder();
    manifests.forEach(
        (server, manifest) -> {
          tools.put(server, index(manifest));
          sources.put(server, manifest.source());
        });
    this.evidence = sources.build();
    this.revision = Digest.of(evidence);
  }

  /** A snapshot of these; two manifests of one server are a bug of the caller. */
  public static RegistrySnapshot of(Collection<ServerManifest> manifests) {
    SortedMap<String, ServerManifest> byId = new TreeMap<>();
    for (ServerManifest manifest : manifests) {
      if (byId.put(manifest.server().text(), manifest) != null) {
        throw new IllegalArgumentException("two manifests of `" + manifest.server() + "`");
      }
    }
    return new RegistrySnapshot(byId);
  }

  /** This snapshot and one more manifest. */
  public RegistrySnapshot with(ServerManifest manifest) {
    List<ServerManifest> all = new ArrayList<>(manifests.values());
    all.add(manifest);
    return of(all);
  }

  /** This snapshot without the guard's own server: what is behind the guard. */
  public RegistrySnapshot behind() {
    if (!manifests.containsKey(OwnTransport.SERVER)) {
      return this;
    }
    SortedMap<String, ServerManifest> others = new TreeMap<>(manifests);
    others.remove(OwnTransport.SERVER);
    return new RegistrySnapshot(others);
  }

  private static Map<String, RegisteredTool> index(ServerManifest manifest) {
    Map<String, RegisteredTool> index = new HashMap<>();
    for (String name : manifest.tools().keySet()) {
      RegisteredTool tool = manifest.tool(name);
      if (tool != null) {
        index.put(name, tool);
      }
    }
    return index;
  }

  /**
   * The tool as its manifest declares it, or null when none does. Whether its live definition is
   * the pinned one, and which class that definition has, is {@link LiveCatalogue}'s to say.
   */
  public @Nullable RegisteredTool find(String server, String tool) {
    Map<String, RegisteredTool> ofServer = tools.get(server);
    return ofServer == null ? null : ofServer.get(tool);
  }

  public @Nullable ServerManifest manifest(String server) {
    return manifests.get(server);
  }

  /** All manifests in the order of their ids. */
  public Collection<ServerManifest> manifests() {
    return manifests.values();
  }

  /** What names this snapshot in records: the digest of {@link #evidence}. */
  public Digest revision() {
    return revision;
  }

  /** The manifests as written, by server id: what an auditor needs to decide again. */
  public JsonObject evidence() {
    return evidence;
  }
}
