package dev.mcpguard.app.command;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.export.CloudEvents;
import dev.mcpguard.audit.export.Csv;
import dev.mcpguard.audit.export.Ocsf;
import dev.mcpguard.audit.export.OpaDecisionLog;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit export}: records in formats that others read. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes records as OCSF API Activity, CloudEvents, OPA decision log or CSV.")
final class AuditExportCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();
  @Mixin private FilterOption filter = new FilterOption();

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}")
  private Format format = Format.OCSF;

  @Option(names = "--ocsf-unreleased", description = "add the OCSF 1.9 members that are not released")
  private boolean unreleased;

  @Spec private CommandSpec spec = CommandSpec.create();

  private enum Format {
    OCSF,
    CLOUDEVENTS,
    OPA,
    CSV
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.CSV) {
      out.print(Csv.header());
    }
    new CallLogQuery(log.reader())
        .each(
            filter.filter(),
            entry -> {
              out.print(line(entry));
              return !out.checkError();
            });
    out.flush();
    return ExitCode.OK;
  }

  private String line(LogEntry entry) {
    JsonObject record = entry.json();
    return switch (format) {
      case OCSF -> JsonText.text(Ocsf.of(record, unreleased)) + "\n";
      case CLOUDEVENTS -> JsonText.text(CloudEvents.of(record, entry.instance())) + "\n";
      case OPA -> JsonText.text(OpaDecisionLog.of(record)) + "\n";
      case CSV -> Csv.row(record);
    };
  }
}
