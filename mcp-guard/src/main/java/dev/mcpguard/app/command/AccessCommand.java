package dev.mcpguard.app.command;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.wiring.PolicyAtHand;
import dev.mcpguard.app.registry.Access;
import dev.mcpguard.app.registry.AccessRow;
import dev.mcpguard.app.registry.AccessReport;
import dev.mcpguard.app.registry.ApprovedTools;
import dev.mcpguard.app.registry.GuardRegistry;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentRegisterReader;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.registry.DefinitionStore;
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
            .of(GuardRegistry.load(configuration));
    CompiledPolicies policy =
        CompiledPolicies.compile(PolicyAtHand.of(configuration.policy()).files(), PATIENCE);
    Access access = new Access(policy, Set.copyOf(scopes), Instant.now());
    AccessReport report = AccessReport.of(subject, register, tools, access);
    if (report == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "`" + subject + "` is no agent, and no server or tool that is served");
    }
    print(report);
    return ExitCode.OK;
  }

  private void print(AccessReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(report.json(all)));
    } else {
      out.printf(ROW, "AGENT", "TOOL", "CLASS", "SENSITIVITY", "GOES TO", "ANSWER", "WHY");
      report.shown(all).forEach(row -> print(out, row));
      report.summary().lines().forEach(out::println);
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
