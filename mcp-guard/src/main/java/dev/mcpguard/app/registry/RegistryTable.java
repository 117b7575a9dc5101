package dev.mcpguard.app.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.registry.ArgumentRule;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.HttpTransport;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.StdioTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The registry as documents for owners and auditors. Nothing in it is secret. Pure. */
public final class RegistryTable {
  private final RegistrySnapshot snapshot;
  private final DefinitionStore store;

  /**
   * @param store the approved texts, for descriptions
   */
  public RegistryTable(RegistrySnapshot snapshot, DefinitionStore store) {
    this.snapshot = snapshot;
    this.store = store;
  }

  /** Everything, or one server. */
  public JsonObject json(@Nullable String only) {
    List<JsonValue> servers = new ArrayList<>();
    for (ServerManifest manifest : snapshot.manifests()) {
      if (only == null || only.equals(manifest.server().text())) {
        servers.add(server(manifest));
      }
    }
    return JsonObject.builder()
        .put("revision", snapshot.revision().text())
        .put("servers", new JsonArray(servers))
        .build();
  }

  /** One server or one of its tools, or null when it is not declared. */
  public @Nullable JsonObject of(String server, @Nullable String tool) {
    ServerManifest manifest = snapshot.manifest(server);
    if (manifest == null || tool == null) {
      return manifest == null ? null : server(manifest);
    }
    RegisteredTool declared = manifest.tool(tool);
    return declared == null ? null : tool(declared);
  }

  private JsonObject server(ServerManifest manifest) {
    List<JsonValue> tools = new ArrayList<>();
    for (String name : manifest.tools().keySet()) {
      RegisteredTool tool = manifest.tool(name);
      if (tool != null) {
        tools.add(tool(tool));
      }
    }
    return JsonObject.builder()
        .put("server", manifest.server().text())
        .put("owner", manifest.stewardship().owner())
        .put("contact", manifest.stewardship().contact())
        .put("purpose", manifest.stewardship().purpose())
        .put("reached", reached(manifest))
        .put("sensitivity", manifest.connection().exposure().sensitivity().text())
        .put("destination", manifest.connection().exposure().destination().text())
        .putIfPresent(
            "review_by",
            manifest.stewardship().reviewBy() == null
                ? null
                : String.valueOf(manifest.stewardship().reviewBy()))
        .put("tools", new JsonArray(tools))
        .build();
  }

  private static String reached(ServerManifest manifest) {
    return switch (manifest.connection().transport()) {
      case HttpTransport http -> http.url().toString();
      case OwnTransport own -> "the guard itself";
      case StdioTransport stdio -> String.join(" ", stdio.command());
    };
  }

  private JsonObject tool(RegisteredTool tool) {
    JsonObject approved = tool.digest() == null ? null : store.find(tool.digest());
    return JsonObject.builder()
        .put("tool", tool.name().text())
        .put("exposed_as", tool.exposedName().text())
        .put("class", tool.riskClass().text())
        .put("effects", JsonArray.ofStrings(tool.effects().stream().sorted().map(Effect::text).toList()))
        .put("sensitivity", tool.sensitivity().text())
        .put("destination", tool.destination().text())
        .put("status", tool.status().text())
        .put(
            "arguments",
            JsonArray.ofStrings(
                tool.rules().stream().map(RegistryTable::rule).toList()))
        .put("approval", tool.approval() != null)
        .putIfPresent("digest", tool.digest() == null ? null : tool.digest().text())
        .putIfPresent("description", approved == null ? null : approved.string("description"))
        .build();
  }

  private static String rule(ArgumentRule rule) {
    String kind = rule.getClass().getSimpleName().replaceFirst("Rule$", "");
    return rule.argument() + " " + kind.toLowerCase(Locale.ROOT);
  }

  /** Everything in Markdown. */
  public String markdown() {
    StringBuilder out = new StringBuilder("# Tool catalogue\n\nRevision `");
    out.append(snapshot.revision().text()).append("`.\n");
    for (ServerManifest manifest : snapshot.manifests()) {
      JsonObject server = server(manifest);
      out.append("\n## ").append(cell(server.string("server"))).append("\n\n");
      out.append(cell(server.string("purpose"))).append(". Owner ")
          .append(cell(server.string("owner"))).append(" (")
          .append(cell(server.string("contact"))).append("); ")
          .append(server.string("sensitivity")).append(" data, ")
          .append(server.string("destination"));
      if (server.has("review_by")) {
        out.append("; to be reviewed by ").append(server.string("review_by"));
      }
      out.append(".\n\n| Tool | Class | Effects | Sensitivity | Destination | Status | What it says |\n");
      out.append("|---|---|---|---|---|---|---|\n");
      JsonArray tools = server.array("tools");
      if (tools != null) {
        tools.values().forEach(tool -> out.append(row((JsonObject) tool)));
      }
    }
    return out.toString();
  }

  private static String row(JsonObject tool) {
    JsonArray effects = tool.array("effects");
    String listed =
        effects == null
            ? ""
            : effects.values().stream()
                .map(effect -> ((JsonString) effect).value())
                .collect(Collectors.joining(", "));
    return "| " + cell(tool.string("tool")) + " | " + tool.string("class") + " | " + listed + " | "
        + tool.string("sensitivity") + " | " + tool.string("destination") + " | "
        + tool.string("status") + " | " + cell(tool.string("description")) + " |\n";
  }

  /** Text of others as literal text of a Markdown table. */
  private static String cell(@Nullable String text) {
    return text == null
        ? ""
        : VisibleText.cut(text.replaceAll("\\s+", " ").strip(), 300)
            .replaceAll("([\\\\`*_\\[\\]<>|!#])", "\\\\$1");
  }
}
