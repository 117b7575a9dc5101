package dev.mcpguard.app.verbs;

import dev.mcpguard.admin.VerbAnswer;
import dev.mcpguard.admin.Verb;
import dev.mcpguard.app.registry.Access;
import dev.mcpguard.app.registry.AccessReport;
import dev.mcpguard.app.registry.ApprovedTools;
import dev.mcpguard.app.registry.Classifying;
import dev.mcpguard.app.registry.Lint;
import dev.mcpguard.app.registry.RegistryTable;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The verbs that ask no server. Thread-safe. */
final class ReadingVerbs {
  private static final Set<String> ALL_SCOPES = Set.of("mcp:read", "mcp:write", "mcp:admin");

  private final VerbParts parts;

  ReadingVerbs(VerbParts parts) {
    this.parts = parts;
  }

  private RegistryTable table() {
    return new RegistryTable(parts.registry().get(), parts.definitions());
  }

  VerbAnswer list(Verb.Request request) {
    String server = request.arguments().string("server");
    return server != null && parts.registry().get().manifest(server) == null
        ? unknown(server)
        : new VerbAnswer.Done(table().json(server));
  }

  VerbAnswer show(Verb.Request request) {
    String server = Arguments.text(request.arguments(), "server");
    String tool = request.arguments().string("tool");
    JsonObject found = table().of(server, tool);
    return found == null
        ? unknown(tool == null ? server : server + "/" + tool)
        : new VerbAnswer.Done(found);
  }

  static VerbAnswer unknown(String id) {
    return new VerbAnswer.Declined("not declared: `" + id + "`; registry_list says what is");
  }

  VerbAnswer export(Verb.Request request) {
    RegistryTable table = table();
    JsonObject content = table.json(null);
    return "markdown".equals(request.arguments().string("format"))
        ? new VerbAnswer.Done(content, table.markdown())
        : new VerbAnswer.Done(content);
  }

  VerbAnswer classify(Verb.Request request) {
    JsonArray tools = request.arguments().array("tools");
    return new VerbAnswer.Done(
        JsonObject.of().with("tools", Classifying.all(tools == null ? JsonArray.of() : tools)));
  }

  VerbAnswer lint(Verb.Request request) throws ConfigException {
    LocalDate today = LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC);
    List<JsonValue> notes = new ArrayList<>();
    Lint.of(parts.folder(), today, Map.of()).forEach(note -> notes.add(note.json()));
    return new VerbAnswer.Done(JsonObject.of().with("findings", new JsonArray(notes)));
  }

  VerbAnswer access(Verb.Request request) {
    JsonObject arguments = request.arguments();
    String subject = Arguments.text(arguments, "subject");
    Set<String> scopes =
        arguments.has("scopes") ? Set.copyOf(Arguments.texts(arguments, "scopes")) : ALL_SCOPES;
    AccessReport report =
        AccessReport.of(
            subject,
            parts.agents().get(),
            new ApprovedTools(parts.definitions()).of(parts.registry().get()),
            new Access(parts.policy().get(), scopes, parts.clock().instant()));
    return report == null
        ? new VerbAnswer.Declined(
            "`" + subject + "` is no agent, and no server or tool that is served")
        : new VerbAnswer.Done(report.json(arguments.get("all") == JsonBoolean.TRUE));
  }
}
