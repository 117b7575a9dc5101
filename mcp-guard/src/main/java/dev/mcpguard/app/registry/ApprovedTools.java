package dev.mcpguard.app.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.ToolOffer;
import dev.mcpguard.registry.ToolStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The tools that are served as long as their servers offer what was approved, without asking any
 * server: with the effective class where the approved text is kept, else with the declared one.
 */
public final class ApprovedTools {
  private final DefinitionJudge judge = new DefinitionJudge();
  private final DefinitionStore store;

  /**
   * @param store the approved texts
   */
  public ApprovedTools(DefinitionStore store) {
    this.store = store;
  }

  /** All of them, by server in the order written. */
  public List<ServedTool> of(RegistrySnapshot snapshot) {
    List<ServedTool> tools = new ArrayList<>();
    snapshot.manifests().forEach(manifest -> tools.addAll(of(manifest)));
    return tools;
  }

  private List<ServedTool> of(ServerManifest manifest) {
    List<ServedTool> tools = new ArrayList<>();
    for (String name : manifest.tools().keySet()) {
      RegisteredTool tool = manifest.tool(name);
      if (tool == null || tool.digest() == null || tool.status() != ToolStatus.APPROVED) {
        continue;
      }
      Digest digest = tool.digest();
      JsonObject approved = store.find(digest);
      if (approved == null) {
        tools.add(new ServedTool(tool, JsonObject.of(), digest));
      } else if (LiveCatalogue.of(manifest, List.of(approved), judge::apply).find(name)
          instanceof ToolOffer.Served served) {
        tools.add(new ServedTool(served.tool(), approved, digest));
      }
    }
    return tools;
  }
}
