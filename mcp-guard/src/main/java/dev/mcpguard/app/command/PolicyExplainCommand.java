package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.policy.workbench.QueryAnswer;
import dev.mcpguard.policy.workbench.Question;
import dev.mcpguard.policy.workbench.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy explain}: why is the decision what it is. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Decides one input and shows the rules entered and, of each expression, whether it held,",
      "with the values of its variables where it failed."
    })
final class PolicyExplainCommand implements Callable<Integer> {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = {"-q", "--query"},
      paramLabel = "PATH",
      defaultValue = "data.mcpguard.authz.decision",
      description = "document to explain (default: ${DEFAULT-VALUE})")
  private String query = "data.mcpguard.authz.decision";

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Parameters(paramLabel = "INPUT.json", description = "input document; - is standard input")
  private Path input = Path.of("-");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, ConfigException, RefusedPolicyException {
    JsonValue document = JsonFile.read(input);
    Question question =
        new Question(
            query, document, Moment.of(document), false,
            line -> spec.commandLine().getErr().println(line));
    Workbench workbench =
        Workbench.open(policy.read(), PolicyCompiler.guard().withContract(null));
    try {
      print(workbench.explain(question));
      return ExitCode.OK;
    } catch (IllegalArgumentException noPath) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(noPath.getMessage()), noPath);
    }
  }

  private void print(Workbench.Explained explained) {
    PrintWriter out = spec.commandLine().getOut();
    String answer = text(explained.answer());
    if (json) {
      out.println(
          JsonText.text(
              JsonObject.builder().put("answer", answer).put("tree", explained.tree()).build()));
    } else {
      out.println(query + " is " + answer);
      if (!explained.tree().isEmpty()) {
        out.println();
        out.print(explained.tree());
      }
    }
    out.flush();
  }

  private static String text(QueryAnswer answer) {
    return switch (answer) {
      case QueryAnswer.Value(JsonValue value) -> JsonText.text(value);
      case QueryAnswer.Undefined undefined -> "undefined";
      case QueryAnswer.Failed(String problem) -> "not to be had: " + problem;
      case QueryAnswer.Rows rows -> rows.rows().toString();
      case QueryAnswer.Refused(String problems) -> problems;
    };
  }
}
