package dev.mcpguard.app.command;

import dev.mcpguard.app.wiring.OfflineGuard;
import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.query.CallFilter;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.query.Column;
import dev.mcpguard.audit.query.RecordView;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.replay.ReplaySteps;
import dev.mcpguard.replay.Replayed;
import dev.mcpguard.replay.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit show}: one request on one screen. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one request: the story, the inputs, what decided, the proof.")
final class AuditShowCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();

  @Parameters(paramLabel = "ID", description = "the decision id that the client was told")
  private String decisionId = "";

  @Option(
      names = "--payloads",
      description = "show arguments and reply too (needs the payload key: the auditor role)")
  private boolean payloads;

  @Option(names = "--json", description = "write the records as JSON lines, as logged")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.existing();
    List<LogEntry> entries = new ArrayList<>();
    new CallLogQuery(reader)
        .each(CallFilter.all().with(Column.DECISION_ID, decisionId), entries::add);
    if (entries.isEmpty()) {
      spec.commandLine().getErr().println("no record has the decision id `" + decisionId + "`");
      return ExitCode.FOUND;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      entries.forEach(entry -> AuditListCommand.print(out, entry, true));
    } else {
      out.println(view(reader, entries));
    }
    out.flush();
    return ExitCode.OK;
  }

  private String view(CallLogReader reader, List<LogEntry> entries) throws IOException {
    LogEntry decided = entries.getFirst();
    @Nullable LogEntry outcome = entries.size() > 1 ? entries.getLast() : null;
    Map<String, String> shown = new LinkedHashMap<>();
    if (payloads) {
      shown.put("arguments", text(reader.payload(decided, "arguments")));
      if (outcome != null) {
        shown.put("reply", text(reader.payload(outcome, "reply")));
      }
    }
    String replayed;
    try (Replayer replayer = OfflineGuard.replayer(reader, ReplaySteps.Candidate.none())) {
      replayed = replayed(replayer.replay(decided));
    }
    return RecordView.of(
        decided.json(),
        outcome == null ? null : outcome.json(),
        shown,
        proof(reader, decided, replayed));
  }

  /** What can be shown to someone who trusts nobody here, in three lines. */
  private static List<String> proof(CallLogReader reader, LogEntry decided, String replayed)
      throws IOException {
    InstanceFolder folder = reader.instance(decided.instance());
    Checkpoint checkpoint =
        Files.exists(folder.checkpoint())
            ? Checkpoint.ofText(Files.readString(folder.checkpoint()))
            : null;
    boolean covered = checkpoint != null && checkpoint.size() > decided.sequence();
    return List.of(
        "record " + decided.sequence() + " of instance `" + decided.instance() + "`, leaf hash "
            + Base64.getEncoder().encodeToString(new TreeHash().leaf(decided.leaf())),
        covered && checkpoint != null
            ? "promised by the signed checkpoint of " + checkpoint.size()
                + " records; `audit prove` writes the proof, `audit verify` checks the log"
            : "not yet covered by a signed checkpoint",
        replayed);
  }

  private static String replayed(Replayed replayed) {
    return switch (replayed) {
      case Replayed.Same same -> "replayed offline: the same decision";
      case Replayed.Different different ->
          "replayed offline: ANOTHER decision, " + JsonText.text(different.now());
      case Replayed.NotReplayable not -> "not replayable: " + not.cause();
      case Replayed.OutOfReach beyond ->
          "decided by what no record holds: " + beyond.cause();
      case Replayed.NotAsked notAsked -> "nothing was decided";
    };
  }

  private static String text(PayloadReading reading) {
    return switch (reading) {
      case PayloadReading.Present present -> new String(present.bytes(), StandardCharsets.UTF_8);
      case PayloadReading.Erased erased -> "(erased)";
      case PayloadReading.Absent absent -> "(none)";
      case PayloadReading.Unreadable unreadable -> "(" + unreadable.why() + ")";
    };
  }
}
