package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.policy.workbench.SourceForm;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy fmt-check}: the form of the sources. */
@Command(
    name = "fmt-check",
    mixinStandardHelpOptions = true,
    description = {
      "Judges what can be judged without a formatter: tabs, trailing blanks, empty lines,",
      "carriage returns, the end of the file. `opa fmt` may still change a file that passes.",
      "Exit code 1 if anything is found."
    })
final class PolicyFmtCheckCommand implements Callable<Integer> {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigException {
    List<Finding> findings = SourceForm.check(policy.read());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      List<JsonValue> list = new ArrayList<>();
      for (Finding finding : findings) {
        list.add(
            JsonObject.builder()
                .put("file", finding.file())
                .put("line", finding.line())
                .put("problem", finding.problem())
                .build());
      }
      out.println(JsonText.text(new JsonArray(list)));
    } else {
      findings.forEach(out::println);
    }
    out.flush();
    return findings.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }
}
