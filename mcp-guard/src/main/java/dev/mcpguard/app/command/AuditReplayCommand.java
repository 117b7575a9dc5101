package dev.mcpguard.app.command;

import dev.mcpguard.app.wiring.OfflineGuard;
import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.bundle.BundleAtHand;
import dev.mcpguard.policy.bundle.BundleSettings;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.replay.ParallelReplay;
import dev.mcpguard.replay.ReplaySteps;
import dev.mcpguard.replay.ReplaySummary;
import dev.mcpguard.replay.Replayed;
import dev.mcpguard.replay.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit replay}: decide every recorded request again, offline. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decides every recorded request again from its record and the evidence beside the log.",
      "With --policy or --registry, decides by candidates instead and prints what would change."
    })
final class AuditReplayCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private LogOption log = new LogOption();

  @Option(
      names = "--policy",
      paramLabel = "PATH",
      description = "a candidate policy: a folder, or an OPA bundle (.tar.gz)")
  private @Nullable Path policy;

  @Mixin private VerificationOption verification = new VerificationOption();

  @Option(names = "--registry", paramLabel = "DIR", description = "a candidate folder of manifests")
  private @Nullable Path registry;

  @Option(names = "--explain", paramLabel = "ID", description = "only this request, with both answers")
  private @Nullable String explain;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "decide on so many threads (default: one for each processor)")
  private int threads;

  @Option(names = "--json", description = "write JSON, one line for each difference and a summary")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ReplaySummary summary = new ReplaySummary();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.existing();
    try (Replayer replayer = OfflineGuard.replayer(reader, candidate())) {
      if (explain != null) {
        return explain(reader, replayer, explain);
      }
      for (String instance : reader.instances()) {
        replay(reader, replayer, instance);
      }
    }
    summarise();
    boolean whatIf = policy != null || registry != null;
    return whatIf || summary.faithful() ? ExitCode.OK : ExitCode.FOUND;
  }

  private ReplaySteps.Candidate candidate() throws ConfigException {
    if (policy == null || Files.isDirectory(policy)) {
      verification.refuseWithoutBundle();
    }
    return new ReplaySteps.Candidate(
        policy == null ? null : Replayer.candidate(files(policy)),
        registry == null ? null : RegistryLoader.load(registry));
  }

  private PolicyFiles files(Path given) throws ConfigException {
    if (Files.isRegularFile(given)) {
      BundleSettings bundle = BundleSettings.atHand(given, verification.read());
      return new BundleAtHand(bundle, PATIENCE, InstantSource.system()).files();
    }
    return PolicyFiles.read(given);
  }

  private void replay(CallLogReader reader, Replayer replayer, String instance)
      throws IOException {
    try (LogCursor cursor = reader.cursor(instance, 0);
        ParallelReplay parallel = new ParallelReplay(replayer, threads())) {
      parallel.each(
          cursor,
          replayed -> {
            summary.add(replayed);
            if (replayed instanceof Replayed.Different change) {
              print(change);
            }
          });
    }
  }

  private int threads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  private int explain(CallLogReader reader, Replayer replayer, String decisionId)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    boolean found = false;
    for (LogEntry entry : log.entries(reader, decisionId)) {
      Replayed replayed = replayer.replay(entry);
      if (!(replayed instanceof Replayed.NotAsked)) {
        found = true;
        ReplayExplanation.lines(replayed).forEach(out::println);
      }
    }
    out.flush();
    if (!found) {
      spec.commandLine().getErr().println("nothing was decided under the id `" + decisionId + "`");
    }
    return found ? ExitCode.OK : ExitCode.FOUND;
  }

  private void print(Replayed.Different change) {
    JsonObject record = change.entry().json();
    JsonObject principal = record.object("principal");
    JsonObject line =
        JsonObject.builder()
            .put("instance", change.entry().instance())
            .put("seq", change.entry().sequence())
            .putIfPresent("decision_id", record.get("decision_id"))
            .putIfPresent("agent", principal == null ? null : principal.get("agent"))
            .put("tool", ReplaySummary.tool(record))
            .put("recorded", change.recorded())
            .put("now", change.now())
            .build();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? JsonText.text(line) : words(line, change));
  }

  private static String words(JsonObject line, Replayed.Different change) {
    return "record " + change.entry().sequence() + " (" + line.string("decision_id") + ") of "
        + line.string("agent") + " calling " + line.string("tool") + ": was "
        + change.recorded().string("result") + ", now " + change.now().string("result") + " "
        + JsonText.text(change.now());
  }

  private void summarise() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.text(summary.json()));
    } else {
      summary.lines().forEach(out::println);
    }
    out.flush();
  }
}
