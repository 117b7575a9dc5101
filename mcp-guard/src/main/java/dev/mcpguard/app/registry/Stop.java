package dev.mcpguard.app.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.registry.Suspension;
import dev.mcpguard.registry.ToolDeclaration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes tools out of service in the manifest. Immutable.
 *
 * @param tools empty means every declared tool
 * @param by who decides
 */
public record Stop(Suspension suspension, List<String> tools, String by, String reason) {
  public Stop {
    tools = List.copyOf(tools);
  }

  /** The spelling in manifests. */
  public static String word(Suspension suspension) {
    return suspension.name().toLowerCase(Locale.ROOT);
  }

  /** Records and writes it; how many tools were stopped that were not before. */
  public int apply(ManifestFile file, ApprovalRecorder recorder)
      throws ConfigException, IOException, AuditUnavailableException {
    ManifestEdit edit = file.edit();
    List<JsonObject> events = new ArrayList<>();
    for (ToolDeclaration tool : file.manifest().tools().values()) {
      String name = tool.name().text();
      boolean meant = tools.isEmpty() || tools.contains(name);
      if (meant && tool.standing().suspension() != suspension) {
        edit.set(name, "state", word(suspension));
        events.add(event(file, name));
      }
    }
    if (!events.isEmpty()) {
      recorder.stop(file, edit.text(), events);
    }
    return events.size();
  }

  private JsonObject event(ManifestFile file, String tool) {
    return JsonObject.builder()
        .put("type", "tool-" + word(suspension))
        .put("server", file.manifest().server().text())
        .put("tool", tool)
        .put("by", by)
        .put("reason", reason)
        .build();
  }
}
