package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.audit.proof.Verifier;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment laid out ahead as zeros: faster to sync, and never mistaken for a torn tail. */
final class RunwayTest {
  private static final int RECORDS = 600;

  @TempDir Path folder;

  private CallLogSettings settings(Path where) {
    return CallLogSettings.of(where, "one").withDisk(0, 0).withSegmentBytes(200_000);
  }

  private InstanceFolder instance(Path where) {
    return new CallLogReader(where, null).instance("one");
  }

  private interface WithLog {
    void use(SegmentedCallLog log) throws Exception;
  }

  /** A log whose second segment was taken from a prepared file, still open. */
  private void laidOut(FaultyFiles files, WithLog then) throws Exception {
    try (SegmentedCallLog log =
        SegmentedCallLog.open(settings(folder.resolve("live")), Records.CLOCK, files)) {
      for (int i = 0; i < RECORDS; i++) {
        if (i == 200 && !files.failPreparing) {
          assertTrue(files.prepared.await(60, TimeUnit.SECONDS));
          // the hundreds of synced records that follow give its thread time to say so
        }
        log.settle(Records.refusal("r-" + i, "policy-denied"));
      }
      then.use(log);
    }
  }

  private Path copy() throws IOException {
    Path copy = folder.resolve("copy");
    try (var files = Files.walk(folder.resolve("live"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = copy.resolve(folder.resolve("live").relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return copy;
  }

  private Path newest(Path where) throws IOException {
    return instance(where).segment(instance(where).segmentStarts().getLast());
  }

  private VerificationReport verify(Path where) throws IOException {
    return new Verifier(instance(where), null, List.of()).verify(done -> {});
  }

  private static byte[] tail(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return Arrays.copyOfRange(all, all.length - 1000, all.length);
  }

  private long dataEnd(Path file) throws IOException {
    try (FrameReader reader = FrameReader.open(file)) {
      return reader.endOfData(0);
    }
  }

  @Test
  void logReadsAndVerifiesWhileZerosLieAheadAndEndsWithoutThem() throws Exception {
    Path live = folder.resolve("live");
    laidOut(
        new FaultyFiles(-1, false),
        log -> {
          assertEquals(200_000, Files.size(newest(live)));
          assertTrue(Arrays.equals(new byte[1000], tail(newest(live))));
          assertEquals(RECORDS, verify(live).records());
          assertTrue(verify(live).good(), () -> "" + report(live));
        });
    assertFalse(Arrays.equals(new byte[1000], tail(newest(live))));
    assertTrue(verify(live).good());
    assertFalse(Files.exists(instance(live).prepared()));
  }

  private String report(Path where) {
    try {
      return verify(where).findings().toString();
    } catch (IOException failure) {
      return failure.toString();
    }
  }

  @Test
  void killedGuardGoesOnWithoutATornTailF2() throws Exception {
    laidOut(new FaultyFiles(-1, false), log -> copy());
    Path copy = folder.resolve("copy");
    assertTrue(verify(copy).good());
    try (SegmentedCallLog log = SegmentedCallLog.open(settings(copy), Records.CLOCK)) {
      assertEquals(RECORDS, log.durableSize());
      log.settle(Records.refusal("after", "policy-denied"));
      assertEquals(RECORDS + 1, verify(copy).records());
    }
    assertTrue(verify(copy).good());
  }

  @Test
  void tornTailWithinTheZerosIsRemovedAndCountedWithoutThemF2() throws Exception {
    laidOut(new FaultyFiles(-1, false), log -> copy());
    Path copy = folder.resolve("copy");
    long end = dataEnd(newest(copy));
    try (var channel = Files.newByteChannel(newest(copy), StandardOpenOption.WRITE)) {
      byte[] torn = {'M', 'G', '1', 'L', 0, 0, 1, 1, 9};
      channel.position(end).write(java.nio.ByteBuffer.wrap(torn));
    }
    assertFalse(verify(copy).good());
    try (SegmentedCallLog log = SegmentedCallLog.open(settings(copy), Records.CLOCK)) {
      assertEquals(RECORDS + 1, log.durableSize());
    }
    LogEntry event = new CallLogReader(copy, null).entry("one", RECORDS);
    assertTrue(event != null && event.json().toString().contains("torn-tail-removed"));
    assertTrue(event.json().toString().contains("JsonNumber[text=9]"), event.json()::toString);
  }

  @Test
  void byteFlippedInTheZerosIsFoundF4() throws Exception {
    laidOut(new FaultyFiles(-1, false), log -> copy());
    Path copy = folder.resolve("copy");
    try (var channel = Files.newByteChannel(newest(copy), StandardOpenOption.WRITE)) {
      channel.position(Files.size(newest(copy)) - 7).write(java.nio.ByteBuffer.wrap(new byte[] {1}));
    }
    assertFalse(verify(copy).good());
  }

  @Test
  void zerosBehindASegmentThatEndedAreAFindingF4() throws Exception {
    Path live = folder.resolve("live");
    laidOut(new FaultyFiles(-1, false), log -> {});
    Files.write(instance(live).segment(0), new byte[100], StandardOpenOption.APPEND);
    assertFalse(verify(live).good());
  }

  @Test
  void fullDiskOfThePreparingThreadCostsNothingButSpeedF1() throws Exception {
    FaultyFiles files = new FaultyFiles(-1, false);
    files.failPreparing = true;
    laidOut(files, log -> assertTrue(log.available()));
    assertEquals(RECORDS, verify(folder.resolve("live")).records());
    assertTrue(verify(folder.resolve("live")).good());
  }
}
