package dev.mcpguard.registry;

import dev.mcpguard.json.Fields;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.YamlDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the manifest of one server; the contract is {@code schema/manifest.schema.json}. */
final class ManifestReader {
  /** The only format there is yet. */
  private static final long SCHEMA = 1;

  private ManifestReader() {}

  /** The manifest, or null when anything is wrong; the fields then hold the findings. */
  static @Nullable ServerManifest read(YamlDocument document, Fields fields) {
    fields.integer("schema", SCHEMA, SCHEMA);
    ServerId server = ServerId.ofText(fields.text("server"));
    if (server == null) {
      fields.problem("server", "not a server id", ServerId.RULE);
    }
    Stewardship stewardship =
        new Stewardship(
            fields.text("owner"),
            fields.text("contact"),
            fields.text("purpose"),
            fields.optionalDate("review-by"),
            fields.textsByName("labels"));
    DataExposure exposure =
        new DataExposure(
            fields.choice("sensitivity", Sensitivity.class),
            fields.choice("destination", Destination.class));
    Transport transport = TransportReader.transport(fields.object("transport"));
    boolean ownServer = server != null && server.text().equals(OwnTransport.SERVER);
    if (transport != null && ownServer != transport instanceof OwnTransport) {
      String advice = "its tools are switched on by `admin` in the configuration";
      fields.problem("server", "`" + OwnTransport.SERVER + "` is the guard's own server", advice);
    }
    Credential credential = TransportReader.credential(fields.optionalObject("credential"));
    Fields toolFields = fields.optionalObject("tools");
    Map<String, ToolDeclaration> tools = tools(toolFields, server, exposure);
    refuseOwnOverrides(toolFields, tools, stewardship.owner());
    ServerManifest.Primitives primitives =
        new ServerManifest.Primitives(
            PrimitiveReader.read(fields.optionalObject("resources"), exposure),
            PrimitiveReader.read(fields.optionalObject("prompts"), exposure));
    if (!fields.sound() || server == null || transport == null || credential == null) {
      return null;
    }
    ServerManifest.Connection connection =
        new ServerManifest.Connection(transport, credential, exposure);
    return new ServerManifest(server, stewardship, connection, tools, primitives, (JsonObject) document.root());
  }

  private static Map<String, ToolDeclaration> tools(
      @Nullable Fields fields, @Nullable ServerId server, DataExposure exposure) {
    Map<String, ToolDeclaration> tools = new LinkedHashMap<>();
    if (fields == null) {
      return tools;
    }
    Wildcard wildcard =
        fields.has(Wildcard.NAME) ? Wildcard.read(fields.object(Wildcard.NAME)) : Wildcard.NONE;
    Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : fields.names()) {
      if (!name.equals(Wildcard.NAME)) {
        refuseBadName(fields, name, server, folded.put(name, name));
        ToolDeclaration tool = ToolReader.read(name, fields.object(name), exposure);
        if (tool != null) {
          tools.put(name, wildcard.raise(tool));
        }
      }
    }
    return tools;
  }

  /** Nobody overrides the guard about a tool of his own. */
  private static void refuseOwnOverrides(
      @Nullable Fields fields, Map<String, ToolDeclaration> tools, String owner) {
    tools.forEach(
        (name, tool) -> {
          FindingOverride override = tool.standing().override();
          if (fields != null && override != null && !override.independentOf(owner)) {
            String advice = "let somebody other than the owner record it";
            fields.problem(name, "its override is by the owner of the server", advice);
          }
        });
  }

  private static void refuseBadName(
      Fields fields, String name, @Nullable ServerId server, @Nullable String alike) {
    ToolName tool = ToolName.ofText(name);
    if (tool == null) {
      fields.problem(name, "not a tool name", ToolName.RULE);
    } else if (server != null && !ExposedName.fits(server, tool)) {
      String advice = "shorten the server id";
      fields.problem(name, "exposed name longer than " + ExposedName.LONGEST, advice);
    } else if (alike != null) {
      String problem = "differs from `" + alike + "` only in case";
      fields.problem(name, problem, "declare one of them; agents cannot tell them apart");
    }
  }
}
