package dev.mcpguard.app.command;

import dev.mcpguard.audit.query.CallChain;
import dev.mcpguard.audit.query.CallLogQuery;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit chain}: who asked whom. */
@Command(
    name = "chain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows who asked whom, as a tree; choose by --task, --trace or --agent.",
      "The same records for a machine: audit list --json with the same filters."
    })
final class AuditChainCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private FilterOption filter = new FilterOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallChain chain = new CallChain();
    new CallLogQuery(log.existing())
        .each(
            filter.filter(),
            entry -> {
              if (CallChain.belongs(entry)) {
                chain.add(entry);
              }
              return true;
            });
    PrintWriter out = spec.commandLine().getOut();
    String tree = chain.text();
    out.print(tree);
    out.flush();
    if (tree.isEmpty()) {
      spec.commandLine().getErr().println("no request matches; `audit list` shows what there is");
      return ExitCode.FOUND;
    }
    return ExitCode.OK;
  }
}
