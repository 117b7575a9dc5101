package dev.mcpguard.app.command;

import dev.mcpguard.app.wiring.Checkup;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard check}: validates everything without starting. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks configuration, registry, agents and policies without starting anything.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    GuardConfiguration configuration = config.read();
    Checkup.Report report = Checkup.of(configuration);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(document(report)));
    } else {
      report.findings().forEach(out::println);
      report.summary().forEach((part, text) -> out.println(part + ": " + text));
    }
    out.flush();
    return report.findings().isEmpty() ? ExitCode.OK : ExitCode.CONFIGURATION;
  }

  private static JsonObject document(Checkup.Report report) {
    List<JsonValue> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      findings.add(
          JsonObject.builder()
              .put("file", finding.file())
              .put("line", finding.line())
              .put("field", finding.field())
              .put("problem", finding.problem())
              .put("advice", finding.advice())
              .build());
    }
    JsonObject.Builder summary = JsonObject.builder();
    report.summary().forEach(summary::put);
    return JsonObject.builder()
        .put("ok", report.findings().isEmpty())
        .put("findings", new JsonArray(findings))
        .put("summary", summary.build())
        .build();
  }
}
