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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit export}: records in formats that others read. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes records as OCSF API Activity, CloudEvents, OPA decision log or CSV.",
      "What the guard noticed by itself (events) is a Base Event in OCSF; an OPA decision log has",
      "decisions only: admissions and refusals."
    })
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
    long[] left = new long[1];
    new CallLogQuery(log.existing())
        .each(
            filter.filter(),
            entry -> {
              String line = line(entry);
              if (line == null) {
                left[0]++;
              } else {
                out.print(line);
              }
              return !out.checkError();
            });
    out.flush();
    if (left[0] > 0) {
      PrintWriter said = spec.commandLine().getErr();
      said.println(left[0] + " outcomes and events are no decisions and were left out");
      said.flush();
    }
    return ExitCode.OK;
  }

  private @Nullable String line(LogEntry entry) {
    JsonObject record = entry.json();
    String instance = entry.instance();
    return switch (format) {
      case OCSF -> JsonText.text(Ocsf.of(record, instance, unreleased)) + "\n";
      case CLOUDEVENTS -> JsonText.text(CloudEvents.of(record, instance)) + "\n";
      case OPA -> decision(OpaDecisionLog.of(record, instance));
      case CSV -> Csv.row(record, instance);
    };
  }

  private static @Nullable String decision(@Nullable JsonObject event) {
    return event == null ? null : JsonText.text(event) + "\n";
  }
}
