package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.policy.Moment;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.policy.workbench.Question;
import dev.mcpguard.policy.workbench.Timing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard policy bench}: how long a decision takes here. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures one thread deciding the inputs in turn: microseconds a decision.")
final class PolicyBenchCommand implements Callable<Integer> {
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = {"-q", "--query"},
      paramLabel = "PATH",
      defaultValue = "data.mcpguard.authz.decision",
      description = "document to decide (default: ${DEFAULT-VALUE})")
  private String query = "data.mcpguard.authz.decision";

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "seconds to measure, after as many to warm up (default: ${DEFAULT-VALUE})")
  private int seconds = 3;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Parameters(paramLabel = "INPUT.json", arity = "1..*", description = "input documents")
  private List<Path> inputs = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, ConfigException, RefusedPolicyException {
    if (seconds < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--seconds: must be 1 or more");
    }
    List<Question> questions = new ArrayList<>();
    for (Path input : inputs) {
      JsonValue document = JsonFile.read(input);
      questions.add(new Question(query, document, Moment.of(document), false, line -> {}));
    }
    Timing timing;
    try {
      timing =
          Timing.of(
              policy.read(), PolicyCompiler.guard().withContract(null), questions,
              Duration.ofSeconds(seconds));
    } catch (IllegalArgumentException noPath) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(noPath.getMessage()), noPath);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(document(timing)));
    } else {
      out.printf(
          Locale.ROOT,
          "%.2f us a decision (median %.2f, 99%% below %.2f) over %d decisions%n"
              + "load: %.1f ms cold, %.1f ms warm%n",
          timing.mean(), timing.median(), timing.p99(), timing.decisions(),
          timing.loadCold(), timing.loadWarm());
    }
    out.flush();
    return ExitCode.OK;
  }

  private static JsonObject document(Timing timing) {
    return JsonObject.builder()
        .put("decisions", timing.decisions())
        .put("mean_us", number(timing.mean()))
        .put("median_us", number(timing.median()))
        .put("p99_us", number(timing.p99()))
        .put("load_cold_ms", number(timing.loadCold()))
        .put("load_warm_ms", number(timing.loadWarm()))
        .build();
  }

  private static JsonNumber number(double value) {
    return new JsonNumber(String.format(Locale.ROOT, "%.2f", value));
  }
}
