package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonArray;
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
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy eval}: what is the value of a query. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Evaluates a query and prints its value as JSON, or its rows if it has variables.",
      "The clock is `context.time` of the input. Exit code 1 if the query is undefined or fails."
    })
final class PolicyEvalCommand implements Callable<Integer> {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "input document; - is standard input")
  private @Nullable Path input;

  @Option(names = "--strict-builtin-errors", description = "errors of builtins end the evaluation")
  private boolean strictErrors;

  @Option(names = "--json", description = "write one JSON object with `result` or `error`")
  private boolean json;

  @Parameters(paramLabel = "QUERY", description = "such as data.mcpguard.authz.decision")
  private String query = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, ConfigException, RefusedPolicyException {
    if (!json) {
      return ask();
    }
    try {
      return ask();
    } catch (ConfigException findings) {
      return problem(
          findings.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")),
          ExitCode.CONFIGURATION);
    } catch (RefusedPolicyException refused) {
      return problem(String.valueOf(refused.getMessage()), ExitCode.CONFIGURATION);
    }
  }

  private int ask() throws IOException, ConfigException, RefusedPolicyException {
    JsonValue document = input == null ? null : JsonFile.read(input);
    PrintWriter err = spec.commandLine().getErr();
    Question question =
        new Question(query, document, Moment.of(document), strictErrors, err::println);
    Workbench workbench =
        Workbench.open(policy.read(), PolicyCompiler.guard().withContract(null));
    QueryAnswer answer = workbench.ask(question);
    return print(answer);
  }

  private int print(QueryAnswer answer) {
    return switch (answer) {
      case QueryAnswer.Value(JsonValue value) -> result(value);
      case QueryAnswer.Rows rows -> result(new JsonArray(new ArrayList<>(rows.rows())));
      case QueryAnswer.Undefined undefined -> problem("undefined", ExitCode.FOUND);
      case QueryAnswer.Failed(String text) -> problem(text, ExitCode.FOUND);
      case QueryAnswer.Refused(String text) -> problem(text, ExitCode.USAGE);
    };
  }

  private int result(JsonValue value) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        JsonText.text(json ? JsonObject.builder().put("result", value).build() : value));
    out.flush();
    return ExitCode.OK;
  }

  private int problem(String text, int code) {
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(JsonText.text(JsonObject.builder().put("error", text).build()));
      out.flush();
    } else {
      spec.commandLine().getErr().println(text);
    }
    return code;
  }
}
