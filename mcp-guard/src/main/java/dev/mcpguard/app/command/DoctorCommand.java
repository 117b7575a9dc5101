package dev.mcpguard.app.command;

import dev.mcpguard.app.wiring.Checkup;
import dev.mcpguard.app.wiring.Diagnosis;
import dev.mcpguard.app.config.GuardConfiguration;
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

/** {@code mcp-guard doctor}: why does it not work here. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Looks for what keeps the guard from working on this machine.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    GuardConfiguration configuration = config.read();
    Checkup.Report checkup = Checkup.of(configuration);
    List<Diagnosis.Symptom> symptoms = Diagnosis.of(configuration);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(document(checkup, symptoms)));
    } else {
      checkup.findings().forEach(out::println);
      for (Diagnosis.Symptom symptom : symptoms) {
        out.printf("%-4s %-14s %s%n", symptom.well() ? "ok" : "BAD", symptom.part(), symptom.words());
      }
    }
    out.flush();
    boolean well = checkup.findings().isEmpty() && symptoms.stream().allMatch(Diagnosis.Symptom::well);
    return well ? ExitCode.OK : ExitCode.FOUND;
  }

  private static JsonObject document(Checkup.Report checkup, List<Diagnosis.Symptom> symptoms) {
    List<JsonValue> listed = new ArrayList<>();
    for (Diagnosis.Symptom symptom : symptoms) {
      listed.add(
          JsonObject.builder()
              .put("part", symptom.part())
              .put("well", symptom.well())
              .put("words", symptom.words())
              .build());
    }
    return JsonObject.builder()
        .put("findings", JsonArray.ofStrings(checkup.findings().stream().map(Object::toString).toList()))
        .put("symptoms", new JsonArray(listed))
        .build();
  }
}
