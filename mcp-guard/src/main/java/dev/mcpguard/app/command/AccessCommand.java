package dev.mcpguard.app.command;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.wiring.PolicyAtHand;
import dev.mcpguard.app.registry.Access;
import dev.mcpguard.app.registry.AccessRow;
import dev.mcpguard.app.registry.AccessSummary;
import dev.mcpguard.app.registry.ApprovedTools;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.RegistryLoader;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard access}: what can this workload reach, change or send out, and why. */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    description = {
      "Says what an agent can reach, or who can reach a tool or server: agents, registry and policy.",
      "Nothing is called. Tools are taken as approved; a server that offers something else is not",
      "served. With a remote OPA the local policy files answer."
    })
final class AccessCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ROW = "%-18s %-34s %-6s %-12s %-9s %-9s %s%n";

  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "AGENT | SERVER/TOOL | SERVER", description = "whom or what")
  private String subject = "";

  @Option(
      names = "--scopes",
      split = ",",
      paramLabel = "SCOPE",
      description = "scopes of the agent's token (default: ${DEFAULT-VALUE})",
      defaultValue = "mcp:read,mcp:write,mcp:admin")
  private List<String> scopes = new ArrayList<>();

  @Option(names = "--all", description = "show what is denied too, with the reasons")
  private boolean all;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    GuardConfiguration configuration = config.read();
    AgentRegister register = AgentRegisterReader.read(configuration.agents());
    List<ServedTool> tools =
        new ApprovedTools(DefinitionStore.beside(configuration.servers()))
            .of(RegistryLoader.load(configuration.servers()));
    CompiledPolicies policy =
        CompiledPolicies.compile(PolicyAtHand.of(configuration.policy()).files(), PATIENCE);
    Access access = new Access(policy, Set.copyOf(scopes), Instant.now());
    List<AccessRow> rows = new ArrayList<>();
    for (AgentRegister.Entry agent : agents(register)) {
      for (ServedTool tool : tools(register, tools)) {
        rows.add(access.of(agent, tool));
      }
    }
    print(rows);
    return ExitCode.OK;
  }

  private boolean isAgent(AgentRegister register) {
    return register.entries().stream().anyMatch(entry -> entry.agent().id().equals(subject));
  }

  private List<AgentRegister.Entry> agents(AgentRegister register) {
    return isAgent(register)
        ? register.entries().stream().filter(each -> each.agent().id().equals(subject)).toList()
        : register.entries();
  }

  private List<ServedTool> tools(AgentRegister register, List<ServedTool> tools) {
    if (isAgent(register)) {
      return tools;
    }
    List<ServedTool> meant =
        tools.stream()
            .filter(tool -> tool.id().equals(subject) || tool.server().equals(subject)
                || tool.registered().exposedName().text().equals(subject))
            .toList();
    if (meant.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "`" + subject + "` is no agent, and no server or tool that is served");
    }
    return meant;
  }

  private void print(List<AccessRow> rows) {
    PrintWriter out = spec.commandLine().getOut();
    AccessSummary summary = AccessSummary.of(rows);
    List<AccessRow> shown = rows.stream().filter(row -> all || row.reaches()).toList();
    if (json) {
      List<JsonValue> documents = new ArrayList<>();
      shown.forEach(row -> documents.add(row.json()));
      out.println(
          JsonText.text(
              JsonObject.builder()
                  .put("subject", subject)
                  .put("summary", summary.json())
                  .put("access", new JsonArray(documents))
                  .build()));
    } else {
      out.printf(ROW, "AGENT", "TOOL", "CLASS", "SENSITIVITY", "GOES TO", "ANSWER", "WHY");
      shown.forEach(row -> print(out, row));
      summary.lines().forEach(out::println);
    }
    out.flush();
  }

  private static void print(PrintWriter out, AccessRow row) {
    AccessRow.Verdict verdict = row.verdict();
    List<String> why = new ArrayList<>(verdict.why());
    if (!verdict.purposes().isEmpty()) {
      why.addFirst("for " + String.join(", ", verdict.purposes()));
    }
    if (row.reaches() && !row.visible()) {
      why.add("not listed");
    }
    out.printf(
        ROW, row.agent(), row.tool().id(), verdict.highest().text(),
        row.tool().sensitivity().text(), row.tool().destination().text(),
        verdict.answer().text(), String.join("; ", why));
  }
}
