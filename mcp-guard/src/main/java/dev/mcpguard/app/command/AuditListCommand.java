package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.query.RecordTable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit list}: records as a table or as JSON lines. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists records, oldest first, of all instances.")
final class AuditListCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private FilterOption filter = new FilterOption();

  @Option(names = "--last", paramLabel = "N", description = "only the last N that match")
  private int last;

  @Option(names = "--json", description = "write the records as JSON lines, as logged")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.existing();
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.println(RecordTable.header());
    }
    CallLogQuery query = new CallLogQuery(reader);
    if (last > 0) {
      query.last(filter.filter(), last).forEach(entry -> print(out, entry, json));
    } else {
      query.each(
          filter.filter(),
          entry -> {
            print(out, entry, json);
            return !out.checkError();
          });
    }
    out.flush();
    return ExitCode.OK;
  }

  static void print(PrintWriter out, LogEntry entry, boolean json) {
    out.println(json ? new String(entry.leaf(), StandardCharsets.UTF_8) : RecordTable.line(entry));
  }
}
