package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.policy.DecisionRule;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.PolicyProblem;
import dev.mcpguard.policy.RefusedPolicyException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy check}: would the guard load it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compiles policies and tests as the guard would, without deciding anything.",
      "References to fields that the guard's input can never have are errors too, and so is a",
      "policy without data.mcpguard.authz.decision."
    })
final class PolicyCheckCommand implements Callable<Integer> {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(names = "--strict", description = "unused and shadowing names are errors")
  private boolean strict;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws ConfigException {
    PolicyFiles files = policy.read();
    List<PolicyProblem> problems = List.of();
    try {
      if (!DecisionRule.definedIn(PolicyCompiler.guard().strict(strict).compile(files))) {
        problems = List.of(DecisionRule.missing());
      }
      PolicyCompiler.guard().strict(strict).withTests().compile(files);
    } catch (RefusedPolicyException refused) {
      problems = refused.problems();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(document(files, problems)));
    } else {
      problems.forEach(problem -> out.println(problem.render()));
      if (problems.isEmpty()) {
        String named = files.bundleRevision();
        out.printf(
            "%d modules, %d files of tests, revision %s%s%n",
            files.modules().size(), files.tests().size(), files.revision().text(),
            named == null ? "" : ", bundle revision " + named);
      }
    }
    out.flush();
    return problems.isEmpty() ? ExitCode.OK : ExitCode.CONFIGURATION;
  }

  private static JsonObject document(PolicyFiles files, List<PolicyProblem> problems) {
    List<JsonValue> list = new ArrayList<>();
    for (PolicyProblem problem : problems) {
      list.add(
          JsonObject.builder()
              .put("file", problem.file())
              .put("line", problem.line())
              .put("column", problem.column())
              .put("code", problem.code())
              .put("message", problem.message())
              .build());
    }
    JsonObject.Builder checked =
        JsonObject.builder()
            .put("ok", problems.isEmpty())
            .put("revision", files.revision().text());
    String named = files.bundleRevision();
    if (named != null) {
      checked.put("bundle_revision", named);
    }
    return checked.put("problems", new JsonArray(list)).build();
  }
}
