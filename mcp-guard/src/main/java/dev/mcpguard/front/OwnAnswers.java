package dev.mcpguard.front;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.TasksExtension;
import java.util.List;

/** The results the guard gives in its own name: {@code initialize} and {@code server/discover}. */
public final class OwnAnswers {
  private final FrontCapabilities capabilities;
  private final JsonObject identity;

  /**
   * @param capabilities what each route offers
   * @param version the guard's own version
   */
  public OwnAnswers(FrontCapabilities capabilities, String version) {
    this.capabilities = capabilities;
    this.identity =
        JsonObject.builder()
            .put("name", "mcp-guard")
            .put("title", "mcp-guard")
            .put("version", version)
            .build();
  }

  /** Whether the tasks extension is on. */
  public boolean tasks() {
    return capabilities.tasks();
  }

  /** The result of {@code initialize}; the extension goes where that era keeps such things. */
  public JsonObject initialize(Route route, ProtocolVersion negotiated) {
    return JsonObject.builder()
        .put("protocolVersion", negotiated.text())
        .put("capabilities", with(route, "experimental").without(TasksExtension.EXTENSIONS))
        .put("serverInfo", identity)
        .build();
  }

  /** The result of {@code server/discover}. */
  public JsonObject discover(Route route) {
    return JsonObject.builder()
        .put("resultType", "complete")
        .put("supportedVersions", JsonArray.ofStrings(List.of(modern())))
        .put("capabilities", with(route, "extensions"))
        .put("ttlMs", 0)
        .put("cacheScope", "private")
        .put("_meta", JsonObject.builder().put(ModernEnvelope.SERVER, identity).build())
        .build();
  }

  private static String modern() {
    return ProtocolVersion.LATEST_MODERN.text();
  }

  private JsonObject with(Route route, String member) {
    JsonObject offered = capabilities.of(route);
    JsonObject present = offered.object(member);
    JsonObject extended =
        (present == null ? JsonObject.of() : present)
            .with(FrontCapabilities.DECLARED_INTENT, capabilities.declaredIntent(route));
    return offered.with(member, extended);
  }
}
