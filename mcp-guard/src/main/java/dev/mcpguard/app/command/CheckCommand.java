package dev.mcpguard.app.command;

import dev.mcpguard.app.wiring.Checkup;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.registry.Exposure;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.ServerManifest;
import java.io.PrintWriter;
import java.time.Duration;
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
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--exposure",
      description = "ask every HTTP server for its tools without the guard's credential")
  private boolean exposure;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    GuardConfiguration configuration = config.read();
    Checkup.Report report = Checkup.of(configuration);
    List<Exposure> exposed =
        exposure && report.findings().isEmpty() ? exposed(configuration) : List.of();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(exposure ? with(document(report), exposed) : document(report)));
    } else {
      report.findings().forEach(out::println);
      report.summary().forEach((part, text) -> out.println(part + ": " + text));
      exposed.forEach(
          each ->
              out.println(
                  each.state().text() + " " + each.server() + ": " + each.words()));
    }
    out.flush();
    if (!report.findings().isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    boolean open = exposed.stream().anyMatch(each -> each.state() == Exposure.State.EXPOSED);
    return open ? ExitCode.FOUND : ExitCode.OK;
  }

  private static List<Exposure> exposed(GuardConfiguration configuration) throws ConfigException {
    List<Exposure> exposed = new ArrayList<>();
    for (ServerManifest manifest : RegistryLoader.load(configuration.servers()).manifests()) {
      exposed.add(Exposure.of(manifest, PATIENCE));
    }
    return exposed;
  }

  private static JsonObject with(JsonObject document, List<Exposure> exposed) {
    List<JsonValue> listed = new ArrayList<>();
    for (Exposure each : exposed) {
      listed.add(
          JsonObject.builder()
              .put("server", each.server())
              .put("state", each.state().text())
              .put("words", each.words())
              .build());
    }
    return document.with("exposure", new JsonArray(listed));
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
