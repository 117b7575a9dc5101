package dev.mcpguard.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.keep.PayloadEraser;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate recorded is decided again (threat F8) from the record and the evidence alone. */
final class ReplayTest {
  /** 20,000 by default, 100,000 with -Dmcpguard.exhaustive=true. */
  private static final int CALLS = Boolean.getBoolean("mcpguard.exhaustive") ? 100_000 : 20_000;

  @TempDir Path folder;

  private int generate(GateForReplay gate, int calls) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int at = next.getAndIncrement(); at < calls; at = next.getAndIncrement()) {
                  gate.call(at, new Random(at));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return calls;
  }

  private ReplaySummary replay(ReplaySteps.Candidate candidate) throws Exception {
    CallLogReader reader = new CallLogReader(folder.resolve("audit"), null);
    ReplaySummary summary = new ReplaySummary();
    AtomicInteger shown = new AtomicInteger();
    AtomicLong last = new AtomicLong(-1);
    boolean faithful = candidate.policy() == null && candidate.registry() == null;
    try (Replayer replayer = new Replayer(reader, GateForReplay.steps(), candidate);
        ParallelReplay parallel = new ParallelReplay(replayer, 3);
        LogCursor cursor = reader.cursor("one", 0)) {
      parallel.each(
          cursor,
          replayed -> {
            summary.add(replayed);
            assertEquals(last.incrementAndGet(), replayed.entry().sequence(), "out of order");
            boolean odd =
                replayed instanceof Replayed.Different || replayed instanceof Replayed.NotReplayable;
            if (odd && faithful && shown.getAndIncrement() < 3) {
              System.out.println(replayed + " " + replayed.entry().json());
            }
          });
    }
    return summary;
  }

  @Test
  void everyRecordedDecisionComesOutByteForByte() throws Exception {
    try (SegmentedCallLog log =
        SegmentedCallLog.open(
            CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0).withSegmentBytes(8 << 20),
            InstantSource.system())) {
      generate(GateForReplay.over(log, folder), CALLS);
    }
    long start = System.nanoTime();
    ReplaySummary summary = replay(ReplaySteps.Candidate.none());
    System.out.printf(
        "%d records replayed in %d ms%n", summary.same(), (System.nanoTime() - start) / 1_000_000);
    assertEquals(0, summary.different());
    assertEquals(Map.of(), summary.notReplayable());
    assertEquals(Map.of("message", (long) GateForReplay.unserved(CALLS)), summary.outOfReach());
    assertEquals(CALLS - GateForReplay.unserved(CALLS), summary.same());
  }

  @Test
  void f8_requestsAboutTasksAreDecidedAgainFromTheirRecords() throws Exception {
    try (SegmentedCallLog log =
        SegmentedCallLog.open(
            CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0),
            InstantSource.system())) {
      GateForReplay gate = GateForReplay.over(log, folder);
      for (int flow = 0; flow < 20; flow++) {
        gate.taskFlow(10 * flow);
      }
    }
    ReplaySummary summary = replay(ReplaySteps.Candidate.none());
    assertEquals(0, summary.different());
    assertEquals(Map.of(), summary.notReplayable());
    // the name of no task of the caller's: which there were is not in the record
    assertEquals(Map.of("message", 20L), summary.outOfReach());
    assertEquals(5 * 20, summary.same());
  }

  @Test
  void erasedArgumentsAreCountedApartAndTheRestStaysFaithful() throws Exception {
    try (SegmentedCallLog log =
        SegmentedCallLog.open(
            CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0),
            InstantSource.system())) {
      generate(GateForReplay.over(log, folder), 100);
    }
    ReplaySummary before = replay(ReplaySteps.Candidate.none());
    CallLogReader reader = new CallLogReader(folder.resolve("audit"), null);
    Set<Long> permitted = new TreeSet<>();
    try (LogCursor cursor = reader.cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        if ("admission".equals(entry.json().string("kind")) && permitted.size() < 3) {
          permitted.add(entry.sequence());
        }
      }
    }
    NoteSigner signer = NoteSigner.of("mcp-guard/one", new byte[32]);
    new PayloadEraser(reader.instance("one"), signer, InstantSource.system())
        .erase(permitted, "test");
    ReplaySummary after = replay(ReplaySteps.Candidate.none());
    assertEquals(Map.of("erased", 3L), after.notReplayable());
    assertEquals(before.same() - 3, after.same());
    assertEquals(before.outOfReach(), after.outOfReach());
    assertTrue(after.faithful());
  }

  @Test
  void candidateRegistryShowsWhatWouldChangeByRuleAgentAndTool() throws Exception {
    try (SegmentedCallLog log =
        SegmentedCallLog.open(
            CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0),
            InstantSource.system())) {
      generate(GateForReplay.over(log, folder), 200);
    }
    var candidate = GateForReplay.registryWithout(folder, "read");
    ReplaySummary summary = replay(new ReplaySteps.Candidate(null, candidate));
    assertTrue(summary.different() > 0);
    JsonObject changes = summary.json().object("changes");
    assertTrue(String.valueOf(changes).contains("permit -> refused by tool-unknown"), "" + changes);
    assertTrue(String.valueOf(changes).contains("permit -> refused for files/read"), "" + changes);
  }

  @Test
  void everyRecordTheGateWritesFitsThePublishedSchema() throws Exception {
    try (SegmentedCallLog log =
        SegmentedCallLog.open(
            CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0),
            InstantSource.system())) {
      generate(GateForReplay.over(log, folder), 300);
    }
    Path file = GateForReplay.above("docs/schema/record.schema.json");
    String text = java.nio.file.Files.readString(file);
    JsonObject properties =
        java.util.Objects.requireNonNull(
            dev.mcpguard.json.StrictJson.parseObject(
                    java.nio.file.Files.readAllBytes(file),
                    dev.mcpguard.json.JsonLimits.message())
                .object("properties"));
    dev.harrel.jsonschema.ValidatorFactory validator =
        new dev.harrel.jsonschema.ValidatorFactory();
    try (LogCursor cursor =
        new CallLogReader(folder.resolve("audit"), null).cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        String record = dev.mcpguard.json.JsonText.text(entry.json());
        assertTrue(validator.validate(text, record).isValid(), record);
        for (String name : entry.json().members().keySet()) {
          assertTrue(properties.has(name), name + " is not in the schema");
        }
      }
    }
  }
}
