package dev.mcpguard.audit.keep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.proof.Checkpointer;
import dev.mcpguard.audit.proof.ProofFile;
import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.audit.query.CallFilter;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.query.Column;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing, retention and erasure change no record and break no proof. */
final class KeepingTest {
  private static final int RECORDS = 1200;
  private static final NoteSigner SIGNER = NoteSigner.of("guard.example/one", new byte[32]);

  @TempDir Path folder;
  private CallLogReader reader = new CallLogReader(Path.of("."), null);
  private InstanceFolder log = new InstanceFolder(Path.of("."));

  @BeforeEach
  void writeFourSegments() throws Exception {
    reader = new CallLogReader(folder, null);
    log = reader.instance("one");
    CallLogSettings settings =
        CallLogSettings.of(folder, "one").withDisk(0, 0).withSegmentBytes(100_000);
    try (SegmentedCallLog open = SegmentedCallLog.open(settings, Records.CLOCK)) {
      for (int i = 0; i < RECORDS; i++) {
        CallRecord like = Records.admission("d-" + i);
        open.settle(
            new CallRecord(
                RecordKind.OUTCOME,
                "d-" + i,
                like.body(),
                i % 10 == 0 ? like.payloads() : Map.of()));
      }
    }
    Checkpointer checkpointer = new Checkpointer(reader, "one", SIGNER, () -> RECORDS, List.of());
    checkpointer.publish();
    assertTrue(log.segmentStarts().size() > 3);
  }

  private List<byte[]> leaves() throws IOException {
    List<byte[]> leaves = new ArrayList<>();
    try (LogCursor cursor = reader.cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        leaves.add(entry.leaf());
      }
    }
    return leaves;
  }

  private VerificationReport verify() throws IOException {
    return new Verifier(log, SIGNER.verifier(), List.of()).verify(done -> {});
  }

  private LogEntry entry(long sequence) throws IOException {
    return Objects.requireNonNull(reader.entry("one", sequence));
  }

  @Test
  void packingKeepsEveryByteAndEveryProof() throws Exception {
    List<byte[]> before = leaves();
    assertEquals(RECORDS, before.size());
    assertTrue(new SegmentPacker(log).pack() >= 3);
    assertFalse(Files.exists(log.segment(0)));
    List<byte[]> after = leaves();
    assertEquals(RECORDS, after.size());
    for (int i = 0; i < RECORDS; i++) {
      assertArrayEquals(before.get(i), after.get(i));
    }
    assertTrue(verify().good(), verify().toString());
    assertInstanceOf(PayloadReading.Present.class, reader.payload(entry(10), "arguments"));
    assertArrayEquals(before.get(777), entry(777).leaf());
    assertTrue(ProofFile.of(log, 300).proves(before.get(300), SIGNER.verifier()));
  }

  @Test
  void flippedByteOfAPackedSegmentIsFoundF4() throws Exception {
    new SegmentPacker(log).pack();
    for (Path file : List.of(log.bundles(0), log.payloads(0))) {
      byte[] original = Files.readAllBytes(file);
      for (int at = 0; at < original.length; at += 331) {
        byte[] flipped = original.clone();
        flipped[at] ^= 4;
        Files.write(file, flipped);
        // header bytes that carry nothing (time, flags, system) may differ
        boolean gzipHeader = file.equals(log.bundles(0)) && at < 10;
        assertTrue(gzipHeader || !verify().good(), file + " flipped at " + at);
      }
      Files.write(file, original);
    }
    assertTrue(verify().good());
  }

  @Test
  void erasedPayloadIsGoneAndEverythingStillVerifies() throws Exception {
    PayloadEraser eraser = new PayloadEraser(log, SIGNER, Records.CLOCK);
    long last = RECORDS - 10;
    assertEquals(2, eraser.erase(Set.of(10L, last), "test"));
    new SegmentPacker(log).pack();
    assertEquals(1, eraser.erase(Set.of(20L, 21L), "test"));
    for (long sequence : new long[] {10, 20, last}) {
      assertInstanceOf(PayloadReading.Erased.class, reader.payload(entry(sequence), "arguments"));
    }
    assertInstanceOf(PayloadReading.Present.class, reader.payload(entry(30), "arguments"));
    VerificationReport report = verify();
    assertTrue(report.good(), report.toString());
    assertEquals(3, report.erased());
    try (var notes = Files.list(log.notes())) {
      for (Path note : notes.toList()) {
        assertTrue(NoteSigner.open(Files.readString(note), SIGNER.verifier()) != null);
      }
    }
  }

  @Test
  void retentionRemovesWithANoteAndTheRestStillVerifies() throws Exception {
    new SegmentPacker(log).pack();
    byte[] kept = entry(RECORDS - 1).leaf();
    InstantSource later = InstantSource.fixed(Records.NOON.plus(Duration.ofDays(40)));
    Retention retention = new Retention(log, SIGNER, later);
    assertEquals(0, retention.apply(new Retention.Rule(Duration.ofDays(50), null)));
    assertTrue(retention.apply(new Retention.Rule(Duration.ofDays(30), null)) >= 3);
    assertInstanceOf(PayloadReading.Absent.class, reader.payload(entry(10), "arguments"));
    assertTrue(verify().good(), verify().toString());
    assertTrue(
        retention.apply(new Retention.Rule(Duration.ofDays(30), Duration.ofDays(35))) >= 3);
    VerificationReport report = verify();
    assertTrue(report.good(), report.toString());
    assertTrue(report.removed() > 0);
    assertTrue(ProofFile.of(log, RECORDS - 1).proves(kept, SIGNER.verifier()));
  }

  @Test
  void searchGivesTheSameByIndexAndByReading() throws Exception {
    CallLogQuery query = new CallLogQuery(reader);
    List<CallFilter> filters =
        List.of(
            CallFilter.all().with(Column.DECISION_ID, "d-700"),
            CallFilter.all().with(Column.TOOL, "files/read_file").between(Records.NOON, null),
            CallFilter.all().with(Column.TASK, "task-7").with(Column.CLASS, "write"),
            CallFilter.all().with(Column.TRACE, "a".repeat(32)),
            CallFilter.all().between(null, Records.NOON));
    List<List<Long>> before = new ArrayList<>();
    for (CallFilter filter : filters) {
      before.add(search(query, filter));
    }
    new SegmentPacker(log).pack();
    for (int i = 0; i < filters.size(); i++) {
      assertEquals(before.get(i), search(query, filters.get(i)));
      // now with the index on disk
      assertEquals(before.get(i), search(query, filters.get(i)));
    }
    assertEquals(List.of(700L), before.getFirst());
    assertEquals(RECORDS, before.get(1).size());
    assertEquals(0, before.get(2).size());
    assertEquals(7, query.last(CallFilter.all(), 7).size());
    assertEquals(RECORDS - 1, query.last(CallFilter.all(), 7).getLast().sequence());
  }

  private static List<Long> search(CallLogQuery query, CallFilter filter) throws IOException {
    List<Long> found = new ArrayList<>();
    query.each(filter, entry -> found.add(entry.sequence()));
    return found;
  }

  @Test
  void whatIsRemovedWithoutASignedNoteIsFoundF4() throws Exception {
    new SegmentPacker(log).pack();
    byte[] sealed = Files.readAllBytes(log.payloads(0));
    Files.delete(log.payloads(0));
    assertEquals("a payload of record 0 is gone and no signed note says so", firstProblem());
    byte[] zeroed = sealed.clone();
    java.util.Arrays.fill(zeroed, 28, 28 + SealedPayload.KEY_LENGTH, (byte) 0);
    Files.write(log.payloads(0), zeroed);
    assertEquals("a payload of record 0 was erased and no signed note says so", firstProblem());
    Files.write(log.payloads(0), sealed);
    assertTrue(verify().good(), verify().toString());
    Files.delete(log.payloads(0));
    Files.delete(log.bundles(0));
    assertEquals("record 0 is gone and no signed note says so", firstProblem());
    NoteSigner other = NoteSigner.of("guard.example/one", Records.NOON.toString().repeat(2).substring(0, 32).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    new PayloadEraser(log, other, Records.CLOCK).erase(Set.of(700L), "forged");
    assertTrue(verify().findings().stream().anyMatch(each -> each.problem().contains("not signed by")));
  }

  private String firstProblem() throws IOException {
    return verify().findings().getFirst().problem();
  }
}
