package dev.mcpguard.app.command;

import dev.mcpguard.app.wiring.WitnessHouse;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit witness serve}: a small witness, to run on a machine of its own. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Is a witness (C2SP tlog-witness): remembers the newest checkpoint of some logs and cosigns",
      "only what extends it. It belongs on a machine the guard's operators cannot write to."
    })
final class WitnessServeCommand implements Callable<Integer> {
  @Option(
      names = "--folder",
      required = true,
      paramLabel = "DIR",
      description = "where it keeps its key and what it promised")
  private Path folder = Path.of("");

  @Option(
      names = "--log",
      required = true,
      paramLabel = "KEY",
      description = "a log to witness, as `audit key` prints it; may be repeated")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "mcp-guard-witness",
      description = "its name in cosignatures (default: ${DEFAULT-VALUE})")
  private String name = "mcp-guard-witness";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7480",
      description = "plain HTTP; put a proxy that speaks TLS before it (default: ${DEFAULT-VALUE})")
  private String listen = "127.0.0.1:7480";

  @Option(
      names = "--token",
      paramLabel = "REFERENCE",
      description = "where the bearer token it asks for is found: env:NAME or file:/path")
  private @Nullable String token;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    int colon = listen.lastIndexOf(':');
    WitnessHouse.Plan plan;
    try {
      InetSocketAddress address =
          new InetSocketAddress(
              listen.substring(0, Math.max(0, colon)), Integer.parseInt(listen.substring(colon + 1)));
      plan = new WitnessHouse.Plan(folder, name, logs, address, token);
    } catch (IllegalArgumentException malformed) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "cannot be used: " + malformed.getMessage(), malformed);
    }
    CountDownLatch ended = new CountDownLatch(1);
    try (WitnessHouse house = WitnessHouse.open(plan)) {
      Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "shutdown"));
      PrintWriter out = spec.commandLine().getOut();
      out.println("witness serves http://" + listen);
      out.println("its key: " + house.key().text());
      out.flush();
      ended.await();
    }
    return ExitCode.OK;
  }
}
