package dev.mcpguard.app.command;

import dev.mcpguard.audit.query.CallChain;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.json.JsonText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit chain}: who asked whom. */
@Command(
    name = "chain",
    mixinStandardHelpOptions = true,
    description = "Shows who asked whom, as a tree; choose by --task, --trace or --agent.")
final class AuditChainCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private FilterOption filter = new FilterOption();

  @Option(names = "--json", description = "write JSON: tasks, and below each what came `next`")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallChain chain = CallChain.of(new CallLogQuery(log.existing()), filter.filter());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? JsonText.text(chain.json()) + "\n" : chain.text());
    out.flush();
    if (chain.empty()) {
      spec.commandLine().getErr().println("no request matches; `audit list` shows what there is");
      return ExitCode.FOUND;
    }
    return ExitCode.OK;
  }
}
