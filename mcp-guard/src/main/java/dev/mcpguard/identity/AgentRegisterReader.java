package dev.mcpguard.identity;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.Fields;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.json.YamlDocument;
import dev.mcpguard.model.Agent;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code agents.yaml} ({@code docs/schema/agents.schema.json}); collects every finding. */
public final class AgentRegisterReader {
  private static final LocalDate NEVER = LocalDate.of(1970, 1, 1);

  private AgentRegisterReader() {}

  /** Reads the register. */
  public static AgentRegister read(Path file) throws ConfigException {
    return read(StrictYaml.parse(file));
  }

  /** Reads the register from an already parsed document, as replay does. */
  public static AgentRegister read(YamlDocument document) throws ConfigException {
    Fields root = Fields.of(document);
    root.integer("schema", 1, 1);
    List<AgentRegister.Entry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields fields : root.objects("agents")) {
      AgentRegister.Entry entry = entry(fields);
      if (entry != null) {
        if (!ids.add(entry.agent().id())) {
          fields.problem("id", "two agents have the id `" + entry.agent().id() + "`", "rename one");
        }
        entries.add(entry);
      }
    }
    root.finish();
    JsonObject content = (JsonObject) document.root();
    return new AgentRegister(entries, content, Digest.of(content));
  }

  private static AgentRegister.@Nullable Entry entry(Fields fields) {
    String id = fields.text("id");
    String owner = fields.text("owner");
    Fields match = fields.object("match");
    String issuer = match.text("issuer");
    Map<String, String> claims = match.textsByName("claims");
    if (claims.isEmpty()) {
      match.problem("claims", "no claim is named", "name at least one claim, for example `sub`");
    }
    RiskClass ceiling = fields.choice("ceiling", RiskClass.class);
    Sensitivity sensitivity = fields.choice("sensitivity", Sensitivity.class);
    Agent.State state = fields.optionalChoice("state", Agent.State.class);
    LocalDate reviewBy = fields.optionalDate("review-by");
    if (reviewBy == null) {
      fields.problem("review-by", "is missing", "give the day by which the owner reviews the agent");
    }
    String version = fields.optionalText("version");
    Map<String, Agent.Purpose> purposes = purposes(fields);
    String defaultPurpose = fields.optionalText("default-purpose");
    if (defaultPurpose != null && !purposes.containsKey(defaultPurpose)) {
      fields.problem("default-purpose", "is not among the purposes", "register it or remove the line");
    }
    if (!fields.sound() || claims.isEmpty()) {
      return null;
    }
    Agent agent =
        new Agent(
            id, owner, purposes, defaultPurpose, ceiling, sensitivity, version,
            reviewBy == null ? NEVER : reviewBy, state == null ? Agent.State.ACTIVE : state);
    return new AgentRegister.Entry(agent, issuer, claims);
  }

  private static Map<String, Agent.Purpose> purposes(Fields fields) {
    Map<String, Agent.Purpose> purposes = new LinkedHashMap<>();
    fields
        .objectsByName("purposes")
        .forEach(
            (name, purpose) ->
                purposes.put(
                    name,
                    new Agent.Purpose(
                        purpose.choice("class", RiskClass.class),
                        Set.copyOf(new HashSet<>(purpose.texts("tools"))))));
    return purposes;
  }
}
