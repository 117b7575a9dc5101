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
import dev.mcpguard.registry.ServerId;
import dev.mcpguard.registry.ToolName;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code agents.yaml} ({@code docs/schema/agents.schema.json}); collects every finding. */
public final class AgentRegisterReader {
  /** As intent is declared: printable ASCII without blanks. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

  private static final String SPELLING = "use letters, digits, `.`, `_`, `:`, `/` and `-`";
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
    if (!root.has("agents")) {
      root.problem("agents", "is missing", "register the agents, or write `agents: []`");
    }
    List<AgentRegister.Entry> entries = new ArrayList<>();
    for (Fields fields : root.objects("agents")) {
      AgentRegister.Entry entry = entry(fields);
      if (entry != null) {
        entries.forEach(earlier -> distinct(earlier, entry, fields));
        entries.add(entry);
      }
    }
    root.finish();
    JsonObject content = (JsonObject) document.root();
    return new AgentRegister(entries, content, Digest.of(content));
  }

  /** Two agents must have ids of their own, and there must be tokens that name each alone. */
  private static void distinct(
      AgentRegister.Entry earlier, AgentRegister.Entry entry, Fields fields) {
    String other = earlier.agent().id();
    if (other.equals(entry.agent().id())) {
      fields.problem("id", "two agents have the id `" + other + "`", "rename one");
    }
    if (earlier.shadows(entry) || entry.shadows(earlier)) {
      fields.problem(
          "match",
          "a token can match this agent and `" + other + "`, which refuses both",
          "name a claim by which they differ");
    }
  }

  private static AgentRegister.@Nullable Entry entry(Fields fields) {
    String id = fields.text("id");
    if (!id.isEmpty() && !NAME.matcher(id).matches()) {
      fields.problem("id", "has an odd spelling", SPELLING);
    }
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
      fields.problem(
          "review-by", "is missing", "give the day by which the owner reviews the agent");
    }
    String version = fields.optionalText("version");
    Map<String, Agent.Purpose> purposes = purposes(fields);
    String defaultPurpose = fields.optionalText("default-purpose");
    if (defaultPurpose != null && !purposes.containsKey(defaultPurpose)) {
      fields.problem(
          "default-purpose", "is not among the purposes", "register it or remove the line");
    }
    if (!fields.sound() || claims.isEmpty()) {
      return null;
    }
    Agent agent =
        new Agent(
            id,
            owner,
            purposes,
            defaultPurpose,
            ceiling,
            sensitivity,
            version,
            reviewBy == null ? NEVER : reviewBy,
            state == null ? Agent.State.ACTIVE : state);
    return new AgentRegister.Entry(agent, issuer, claims);
  }

  private static Map<String, Agent.Purpose> purposes(Fields fields) {
    Map<String, Agent.Purpose> purposes = new LinkedHashMap<>();
    fields
        .objectsByName("purposes")
        .forEach(
            (name, purpose) -> {
              if (!NAME.matcher(name).matches()) {
                purpose.problem("class", "belongs to a purpose nobody can declare", SPELLING);
              }
              RiskClass ceiling = purpose.choice("class", RiskClass.class);
              purposes.put(name, new Agent.Purpose(ceiling, tools(purpose)));
            });
    return purposes;
  }

  private static Set<String> tools(Fields purpose) {
    Set<String> tools = new LinkedHashSet<>(purpose.texts("tools"));
    if (tools.isEmpty() && purpose.has("tools")) {
      purpose.problem("tools", "is empty", "leave it out to cover all tools, or name some");
    }
    for (String tool : tools) {
      if (!covers(tool)) {
        purpose.problem(
            "tools",
            "`" + tool + "` is no tool",
            "write `server/tool`, or `server/*` for all of it");
      }
    }
    return tools;
  }

  private static boolean covers(String pattern) {
    int slash = pattern.indexOf('/');
    return slash > 0
        && ServerId.ofText(pattern.substring(0, slash)) != null
        && (pattern.substring(slash).equals("/*")
            || ToolName.ofText(pattern.substring(slash + 1)) != null);
  }
}
