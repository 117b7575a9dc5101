package dev.mcpguard.app.command;

import dev.mcpguard.app.training.TrainingRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard prepare}: the training run; the launcher has the JVM keep what it learns. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the start-up cache beside the jar: once after installing, again after an update.",
      "The guard calls itself in a temporary folder for some seconds; it needs no configuration."
    })
final class PrepareCommand implements Callable<Integer> {
  @Option(
      names = "--policies",
      required = true,
      paramLabel = "DIR",
      description = "the shipped policies; the launcher names them")
  private @Nullable Path policies;

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "12000",
      description = "calls in each era (default: ${DEFAULT-VALUE})")
  private int calls = 12_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Path folder = policies;
    if (folder == null) {
      throw new IllegalStateException("picocli demands the option");
    }
    int answered = TrainingRun.run(folder, calls);
    spec.commandLine().getOut().println(answered + " calls answered");
    return answered > calls ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }
}
