package dev.mcpguard.app.command;

import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.query.CallStatistics;
import dev.mcpguard.json.JsonText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit stats}: counts. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Counts records by kind, decision, class, reason, agent, server and tool.")
final class AuditStatsCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private FilterOption filter = new FilterOption();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallStatistics statistics = new CallStatistics();
    new CallLogQuery(log.existing())
        .each(
            filter.filter(),
            entry -> {
              statistics.add(entry);
              return true;
            });
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? JsonText.text(statistics.json()) : statistics.text());
    out.flush();
    return ExitCode.OK;
  }
}
