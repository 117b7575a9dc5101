package dev.mcpguard.admin;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.registry.ClassFinding;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.ToolOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry of the servers behind the guard, and the guard's own tools: compared with their
 * manifest by the same code as every other server's. Thread-safe.
 */
public final class OwnRegistry implements ToolRegistry {
  private final ToolRegistry behind;
  private final Supplier<RegistrySnapshot> snapshot;
  private final Function<JsonObject, @Nullable ClassFinding> classifier;
  private final List<JsonObject> definitions = OwnTools.definitions();
  private volatile @Nullable LiveCatalogue own;

  /**
   * @param behind the registry of the other servers
   * @param snapshot all manifests, the guard's own among them
   * @param classifier what the guard itself holds a definition for
   */
  public OwnRegistry(
      ToolRegistry behind,
      Supplier<RegistrySnapshot> snapshot,
      Function<JsonObject, @Nullable ClassFinding> classifier) {
    this.behind = behind;
    this.snapshot = snapshot;
    this.classifier = classifier;
  }

  @Override
  public ToolLookup find(String server, String tool) {
    if (!server.equals(OwnTransport.SERVER)) {
      return behind.find(server, tool);
    }
    return switch (catalogue().find(tool)) {
      case ToolOffer.Served served -> new ToolLookup.Found(served(served));
      case ToolOffer.Withheld withheld ->
          new ToolLookup.NotServed(Refusal.of(ReasonCode.TOOL_UNKNOWN, withheld.detail()));
    };
  }

  @Override
  public List<ServedTool> served(String server) {
    if (!server.equals(OwnTransport.SERVER)) {
      return behind.served(server);
    }
    List<ServedTool> tools = new ArrayList<>();
    catalogue().served().forEach(offer -> tools.add(served(offer)));
    return tools;
  }

  @Override
  public List<String> servers() {
    return snapshot.get().manifests().stream().map(each -> each.server().text()).toList();
  }

  @Override
  public Digest revision() {
    return snapshot.get().revision();
  }

  private LiveCatalogue catalogue() {
    ServerManifest manifest =
        Objects.requireNonNull(snapshot.get().manifest(OwnTransport.SERVER));
    LiveCatalogue known = own;
    if (known == null || known.manifest() != manifest) {
      known = LiveCatalogue.of(manifest, definitions, classifier);
      own = known;
    }
    return known;
  }

  private static ServedTool served(ToolOffer.Served offer) {
    return new ServedTool(
        offer.tool(), offer.definition(), DefinitionDigest.of(offer.definition()));
  }
}
