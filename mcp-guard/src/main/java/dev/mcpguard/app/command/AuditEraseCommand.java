package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.keep.CheckpointKey;
import dev.mcpguard.audit.keep.PayloadEraser;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PayloadReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit erase}: destroys the payloads of requests, for good. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Destroys the keys of a request's arguments and reply; records and proofs stay as they are.",
      "Needs the payload key (the auditor role) and the checkpoint key, which signs a note first.",
      "Copies of the folder made before still hold the keys: erase there too."
    })
final class AuditEraseCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();

  @Parameters(arity = "1..*", paramLabel = "ID", description = "decision ids")
  private List<String> decisionIds = new ArrayList<>();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why; it stands in the signed note")
  private String reason = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.existing();
    PrintWriter problems = spec.commandLine().getErr();
    Map<String, Set<Long>> wanted = new TreeMap<>();
    for (String decisionId : decisionIds) {
      List<LogEntry> entries = log.entries(reader, decisionId);
      if (entries.isEmpty()) {
        problems.println("no record has the decision id `" + decisionId + "`; nothing was erased");
        return ExitCode.FOUND;
      }
      for (LogEntry entry : entries) {
        String obstacle = obstacle(reader, entry);
        if (obstacle != null) {
          problems.println(obstacle + "; nothing was erased");
          return ExitCode.UNAVAILABLE;
        }
        wanted.computeIfAbsent(entry.instance(), each -> new TreeSet<>()).add(entry.sequence());
      }
    }
    int erased = 0;
    for (Map.Entry<String, Set<Long>> each : wanted.entrySet()) {
      InstanceFolder folder = reader.instance(each.getKey());
      NoteSigner signer = CheckpointKey.load(folder, log.keeping().checkpointKey());
      erased += new PayloadEraser(folder, signer, InstantSource.system()).erase(each.getValue(), reason);
    }
    spec.commandLine()
        .getOut()
        .println(erased == 0 ? "no payload was left to erase" : erased + " payloads erased");
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  /** Who cannot read a payload may not destroy it. */
  private static @Nullable String obstacle(CallLogReader reader, LogEntry entry) {
    try {
      for (String role : List.of("arguments", "reply")) {
        if (reader.payload(entry, role) instanceof PayloadReading.Unreadable(String why)) {
          return "the " + role + " of record " + entry.sequence() + " cannot be opened: " + why;
        }
      }
      return null;
    } catch (IOException noKey) {
      return "the payload key cannot be read: " + noKey.getMessage();
    }
  }
}
