package dev.mcpguard.app.command;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.replay.Replayed;
import dev.mcpguard.replay.Replayer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp-guard audit replay}: decide every recorded call again, offline. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decides every recorded call again from its record and the evidence beside the log.",
      "With --policy, decides by a candidate instead and prints what would change."
    })
final class AuditReplayCommand implements Callable<Integer> {
  @Mixin private LogOption log = new LogOption();

  @Option(names = "--policy", paramLabel = "DIR", description = "a candidate policy folder")
  private @Nullable Path policy;

  @Option(names = "--json", description = "write JSON, one line for each difference and a summary")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private long same;
  private long different;
  private long notAsked;
  private final TreeMap<String, Long> notReplayable = new TreeMap<>();

  @Override
  public Integer call() throws Exception {
    CallLogReader reader = log.reader();
    Replayer replayer =
        new Replayer(reader, policy == null ? null : Replayer.candidate(policy));
    for (String instance : log.instances(reader)) {
      try (LogCursor cursor = reader.cursor(instance, 0)) {
        for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
          count(replayer.replay(entry));
        }
      }
    }
    summarise();
    boolean broken = policy == null && (different > 0 || notReplayable.keySet().stream().anyMatch(c -> !c.equals("erased")));
    return broken ? ExitCode.FOUND : ExitCode.OK;
  }

  private void count(Replayed replayed) {
    switch (replayed) {
      case Replayed.Same each -> same++;
      case Replayed.NotAsked each -> notAsked++;
      case Replayed.NotReplayable each -> notReplayable.merge(each.cause(), 1L, Long::sum);
      case Replayed.Different each -> {
        different++;
        print(each);
      }
    }
  }

  private void print(Replayed.Different change) {
    JsonObject record = change.entry().json();
    JsonObject principal = record.object("principal");
    JsonObject tool = record.object("tool");
    JsonObject line =
        JsonObject.builder()
            .put("instance", change.entry().instance())
            .put("seq", change.entry().sequence())
            .putIfPresent("decision_id", record.get("decision_id"))
            .putIfPresent("agent", principal == null ? null : principal.get("agent"))
            .putIfPresent("server", tool == null ? null : tool.get("server"))
            .putIfPresent("tool", tool == null ? null : tool.get("name"))
            .put("recorded", change.recorded())
            .put("now", change.now())
            .build();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? JsonText.text(line) : words(line, change));
  }

  private static String words(JsonObject line, Replayed.Different change) {
    return "record " + change.entry().sequence() + " of " + line.string("agent") + " calling "
        + line.string("server") + "/" + line.string("tool") + ": was "
        + change.recorded().string("result") + ", now " + change.now().string("result") + " "
        + JsonText.text(change.now());
  }

  private void summarise() {
    PrintWriter out = spec.commandLine().getOut();
    long lost = notReplayable.values().stream().mapToLong(Long::longValue).sum();
    if (json) {
      JsonObject.Builder causes = JsonObject.builder();
      notReplayable.forEach(causes::put);
      out.println(
          JsonText.text(
              JsonObject.builder()
                  .put("same", same)
                  .put("different", different)
                  .put("not_asked", notAsked)
                  .put("not_replayable", causes.build())
                  .build()));
    } else {
      out.printf(
          "%d decided again with the same answer, %d with another, %d not replayable %s, %d records hold no decision of policy%n",
          same, different, lost, lost == 0 ? "" : notReplayable.toString(), notAsked);
    }
    out.flush();
  }
}
