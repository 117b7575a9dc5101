package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.model.AuditUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash can leave of the last segment (F2, F3), and what it cannot. */
final class TornTailTest {
  @TempDir Path folder;

  private CallLogSettings settings() {
    return CallLogSettings.of(folder, "one").withDisk(0, 0);
  }

  private Path segment() {
    return new CallLogReader(folder, null).instance("one").segment(0);
  }

  private byte[] written(int records) throws Exception {
    try (SegmentedCallLog log = SegmentedCallLog.open(settings(), Records.CLOCK)) {
      for (int i = 0; i < records; i++) {
        log.settle(Records.refusal("r-" + i, "policy-denied"));
      }
    }
    return Files.readAllBytes(segment());
  }

  private List<Long> leafEnds() throws IOException {
    List<Long> ends = new ArrayList<>();
    try (FrameReader frames = FrameReader.open(segment())) {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        if (frame.type() == FrameType.LEAF) {
          ends.add(frame.end());
        }
      }
    }
    return ends;
  }

  @Test
  void cutAtEveryByteKeepsExactlyTheWholeRecordsF2() throws Exception {
    byte[] whole = written(6);
    List<Long> ends = leafEnds();
    for (int cut = 0; cut <= whole.length; cut++) {
      Files.write(segment(), java.util.Arrays.copyOf(whole, cut));
      long kept = 0;
      for (long end : ends) {
        kept += end <= cut ? 1 : 0;
      }
      long expected = kept;
      boolean torn = kept == 0 ? cut > headEnd(whole) : cut != ends.get((int) kept - 1);
      try (SegmentedCallLog log = SegmentedCallLog.open(settings(), Records.CLOCK)) {
        assertEquals(expected + (torn ? 1 : 0), log.durableSize(), "cut at " + cut);
        log.settle(Records.refusal("after", "policy-denied"));
      }
    }
  }

  private static long headEnd(byte[] whole) {
    return FrameType.FRAME_HEAD + java.nio.ByteBuffer.wrap(whole).getInt(4);
  }

  @Test
  void damageBeforeTheLastRecordIsRefusedNotRepairedF4() throws Exception {
    byte[] whole = written(6);
    List<Long> ends = leafEnds();
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(Math.toIntExact(ends.get(4)));
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(segment(), damaged);
      AuditUnavailableException refused =
          assertThrows(
              AuditUnavailableException.class,
              () -> SegmentedCallLog.open(settings(), Records.CLOCK),
              "flipped at " + at);
      assertTrue(String.valueOf(refused.getMessage()).contains("damaged"));
    }
  }

  @Test
  void unsyncedBatchWithHolesIsCutOffF3() throws Exception {
    // one batch of several frames whose first page never reached the disk: nobody was answered
    byte[] whole = written(3);
    List<Long> ends = leafEnds();
    byte[] batch = TestFrames.batch(3, 4, lastLink());
    byte[] holed = java.util.Arrays.copyOf(whole, whole.length + batch.length);
    System.arraycopy(batch, 0, holed, whole.length, batch.length);
    java.util.Arrays.fill(holed, whole.length, whole.length + 100, (byte) 0);
    Files.write(segment(), holed);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings(), Records.CLOCK)) {
      assertEquals(4, log.durableSize());
    }
    assertEquals(3, ends.size());
  }

  private byte[] lastLink() throws IOException {
    byte[] link = new byte[32];
    try (FrameReader frames = FrameReader.open(segment())) {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        link = java.util.Arrays.copyOf(frame.body(), 32);
      }
    }
    return link;
  }
}
