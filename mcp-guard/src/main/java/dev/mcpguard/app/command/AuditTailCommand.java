package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.query.CallLogQuery;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit tail}: records as they are written. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Prints new records of all instances until it is stopped.")
final class AuditTailCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private FilterOption filter = new FilterOption();

  @Option(names = "--json", description = "write the records as JSON lines, as logged")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    CallLogReader reader = log.reader();
    if (reader.instances().isEmpty()) {
      PrintWriter said = spec.commandLine().getErr();
      said.println(log.none().getMessage() + "; waiting for one");
      said.flush();
    }
    new CallLogQuery(reader)
        .tail(
            filter.filter(),
            entry -> {
              AuditListCommand.print(out, entry, json);
              out.flush();
              return !out.checkError();
            },
            () -> !Thread.currentThread().isInterrupted());
    return ExitCode.OK;
  }
}
