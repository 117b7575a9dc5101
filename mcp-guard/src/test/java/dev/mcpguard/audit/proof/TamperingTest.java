package dev.mcpguard.audit.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.merkle.ProofCheck;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F4: what someone can do to a log of 200 records, and that verify names the first bad one. */
final class TamperingTest {
  private static final int RECORDS = 200;
  private static final NoteSigner SIGNER = NoteSigner.of("guard.example/one", new byte[32]);

  @TempDir Path folder;
  private CallLogReader reader = new CallLogReader(Path.of("."), null);
  private InstanceFolder log = new InstanceFolder(Path.of("."));
  private byte[] original = new byte[0];

  @BeforeEach
  void writeTwoHundredRecords() throws Exception {
    reader = new CallLogReader(folder.resolve("audit"), null);
    log = reader.instance("one");
    append(RECORDS, "r-");
    original = Files.readAllBytes(log.segment(0));
  }

  private void append(int count, String name) throws Exception {
    CallLogSettings settings =
        CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0);
    try (SegmentedCallLog open = SegmentedCallLog.open(settings, Records.CLOCK)) {
      for (int i = 0; i < count; i++) {
        // outcomes are not waited for: fast
        JsonObject body = JsonObject.builder().put("reason", "policy-denied").build();
        open.settle(new CallRecord(RecordKind.OUTCOME, name + i, body, Map.of()));
      }
    }
  }

  private Checkpoint checkpoint(long size) throws IOException {
    FileWitness witness = new FileWitness(folder.resolve("witness"));
    Checkpointer checkpointer =
        new Checkpointer(reader, "one", SIGNER, () -> size, List.of(witness));
    return Objects.requireNonNull(checkpointer.publish());
  }

  private VerificationReport verify(String... witnessed) throws IOException {
    return new Verifier(log, SIGNER.verifier(), List.of(witnessed)).verify(done -> {});
  }

  @Test
  void untouchedLogIsGoodAndSaysHowFarItIsCovered() throws Exception {
    VerificationReport before = verify();
    assertTrue(before.good(), before.toString());
    assertEquals(RECORDS, before.records());
    assertEquals(0, before.covered());
    checkpoint(150);
    VerificationReport after = verify();
    assertTrue(after.good(), after.toString());
    assertEquals(150, after.covered());
    assertEquals(1, after.checkpoints());
  }

  @Test
  void everyFlippedByteIsFoundF4() throws Exception {
    // -Dmcpguard.exhaustive=true flips every byte, else every seventh
    int step = Boolean.getBoolean("mcpguard.exhaustive") ? 1 : 7;
    for (int at = 0; at < original.length; at += step) {
      byte[] flipped = original.clone();
      flipped[at] ^= 0x20;
      Files.write(log.segment(0), flipped);
      assertFalse(verify().good(), "flipped at " + at);
    }
  }

  @Test
  void everyRecordDeletedDoubledOrSwappedIsNamedF4() throws Exception {
    for (int at = 0; at < RECORDS - 1; at++) {
      LogForge deleted = forge();
      deleted.bodies.remove(at);
      deleted.write();
      assertEquals(at, firstBad(), "deleted " + at);
      LogForge doubled = forge();
      doubled.bodies.add(at, doubled.bodies.get(at));
      doubled.write();
      assertEquals(at + 1, firstBad(), "doubled " + at);
      LogForge swapped = forge();
      Collections.swap(swapped.bodies, at, at + 1);
      swapped.write();
      assertEquals(at, firstBad(), "swapped " + at);
    }
  }

  @Test
  void insertedRecordIsNamedEvenWhenTheChainIsMadeAnewF4() throws Exception {
    checkpoint(RECORDS);
    for (int at = 0; at < RECORDS; at += 13) {
      LogForge forged = forge();
      forged.bodies.add(at, forged.bodies.get((at + 5) % RECORDS));
      forged.writeChained();
      assertEquals(at, firstBad(), "inserted before " + at);
    }
  }

  private LogForge forge() throws IOException {
    Files.write(log.segment(0), original);
    return new LogForge(log.segment(0));
  }

  private long firstBad() throws IOException {
    VerificationReport report = verify();
    assertFalse(report.good());
    return report.findings().getFirst().sequence();
  }

  @Test
  void tailCutBeyondTheCheckpointIsFoundAndTheGuardRefusesToGoOnF4() throws Exception {
    checkpoint(RECORDS);
    LogForge forged = forge();
    forged.bodies.subList(190, RECORDS).clear();
    forged.writeChained();
    VerificationReport report = verify();
    assertEquals(190, report.findings().getFirst().sequence());
    assertTrue(report.findings().getFirst().problem().contains("the tail was cut off"));
    assertThrows(AuditUnavailableException.class, () -> append(1, "x"));
  }

  @Test
  void tailCutWithItsCheckpointIsFoundWithAWitnessOnlyF4() throws Exception {
    checkpoint(RECORDS);
    String witnessed = FileWitness.notes(folder.resolve("witness"), closed -> {}).getFirst();
    LogForge forged = forge();
    forged.bodies.subList(190, RECORDS).clear();
    forged.writeChained();
    Files.delete(log.checkpoint());
    assertTrue(verify().good());
    assertEquals(190, verify(witnessed).findings().getFirst().sequence());
  }

  @Test
  void logRewrittenAndSignedAgainIsFoundWithAWitnessOnlyF4() throws Exception {
    checkpoint(RECORDS);
    String witnessed = FileWitness.notes(folder.resolve("witness"), closed -> {}).getFirst();
    LogForge forged = forge();
    Collections.swap(forged.bodies, 3, 4);
    forged.writeChained();
    forgetTiles();
    Checkpointer again = new Checkpointer(reader, "one", SIGNER, () -> RECORDS, List.of());
    assertNotNull(again.publish());
    assertTrue(verify().good());
    VerificationReport report = verify(witnessed);
    assertTrue(report.findings().getFirst().problem().contains("rewritten or forked"));
  }

  /** What a checkpoint signs is what the guard wrote, not what lies there when it signs. */
  @Test
  void logRewrittenBeforeItsFirstCheckpointIsNotSignedAsItIsF4() throws Exception {
    CallLogSettings settings = CallLogSettings.of(folder.resolve("audit"), "one").withDisk(0, 0);
    try (SegmentedCallLog open = SegmentedCallLog.open(settings, Records.CLOCK)) {
      checkpoint(RECORDS);
      JsonObject body = JsonObject.builder().put("reason", "policy-denied").build();
      for (int i = 0; i < 3; i++) {
        open.settle(new CallRecord(RecordKind.REFUSAL, "new-" + i, body, Map.of()));
      }
      LogForge forged = new LogForge(log.segment(0));
      Collections.swap(forged.bodies, RECORDS, RECORDS + 1);
      forged.writeChained();
      assertEquals(RECORDS + 3, open.durableSize());
      Checkpointer next = new Checkpointer(reader, "one", SIGNER, open.durable(), List.of());
      assertNotNull(next.publish());
      assertEquals(RECORDS, firstBad());
    }
  }

  @Test
  void forkIsRefusedByTheWitnessAndNeverSignedF4() throws Exception {
    checkpoint(100);
    LogForge forged = forge();
    Collections.swap(forged.bodies, 3, 4);
    forged.writeChained();
    Files.delete(folder.resolve("audit/one/tile/0/000.p/100"));
    Checkpointer checkpointer = new Checkpointer(reader, "one", SIGNER, () -> 150, List.of());
    assertThrows(IOException.class, checkpointer::publish);
    forgetTiles();
    FileWitness witness = new FileWitness(folder.resolve("witness"));
    Checkpointer fork = new Checkpointer(reader, "one", SIGNER, () -> 100, List.of(witness));
    assertThrows(IOException.class, fork::publish);
  }

  @Test
  void checkpointOfAnotherKeyIsNotBelieved() throws Exception {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 9);
    Checkpoint real = checkpoint(RECORDS);
    String forged = NoteSigner.of("guard.example/one", seed).sign(real.text());
    Files.writeString(log.checkpoint(), forged);
    assertFalse(verify().good());
  }

  private void forgetTiles() throws IOException {
    Files.delete(log.checkpoint());
    try (var files = Files.walk(log.path().resolve("tile"))) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void proofOfEveryRecordHoldsOfflineAndForNoOtherLeaf() throws Exception {
    append(600, "more-");
    Checkpoint older = checkpoint(300);
    Checkpoint newer = checkpoint(800);
    for (long sequence = 0; sequence < 800; sequence += 37) {
      LogEntry entry = Objects.requireNonNull(reader.entry("one", sequence));
      ProofFile proof = ProofFile.ofText(ProofFile.of(log, sequence).text());
      assertTrue(proof.proves(entry.leaf(), SIGNER.verifier()));
      assertFalse(proof.proves("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
          SIGNER.verifier()));
    }
    assertTrue(
        ProofCheck.consistent(
            300, older.root(), 800, newer.root(), ProofFile.consistency(log, 300)));
  }

  @Test
  void checkpointsContinueAfterARestart() throws Exception {
    append(400, "more-");
    for (long size : new long[] {1, 255, 256, 257, 511, 512, 600}) {
      checkpoint(size);
    }
    VerificationReport report =
        verify(FileWitness.notes(folder.resolve("witness"), closed -> {}).toArray(String[]::new));
    assertTrue(report.good(), report.toString());
    assertEquals(8, report.checkpoints());
  }
}
