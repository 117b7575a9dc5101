package dev.mcpguard.audit.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.audit.keep.PayloadEraser;
import dev.mcpguard.audit.keep.SegmentPacker;
import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameBuffer;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F4: what someone can do to sealed payloads who knows the format and makes every checksum right.
 * Record 0 has none, record 1 has arguments and a reply.
 */
final class PayloadTamperingTest {
  private static final NoteSigner SIGNER = NoteSigner.of("guard.example/one", new byte[32]);
  private static final int ARGUMENTS = 2;
  private static final int REPLY = 3;
  private static final int LEAF = 4;
  private static final String FOREIGN = "kept with record 1 are damaged or not those it names";

  @TempDir Path folder;
  private CallLogReader reader = new CallLogReader(Path.of("."), null);
  private InstanceFolder log = new InstanceFolder(Path.of("."));
  private List<Frame> frames = new ArrayList<>();

  @BeforeEach
  void writeTwoRecords() throws Exception {
    reader = new CallLogReader(folder, null);
    log = reader.instance("one");
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog open = SegmentedCallLog.open(settings, Records.CLOCK)) {
      open.settle(Records.refusal("d-0", "policy-denied"));
      Map<String, byte[]> payloads = Map.of("arguments", bytes("{\"a\":1}"), "reply", bytes("{}"));
      open.settle(
          new CallRecord(RecordKind.REFUSAL, "d-1", Records.body().build(), payloads));
    }
    frames = read(log.segment(0));
    assertEquals("arguments", payload(ARGUMENTS).role());
    assertEquals("reply", payload(REPLY).role());
    assertTrue(verify().good(), verify().toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Frame> read(Path segment) throws IOException {
    List<Frame> frames = new ArrayList<>();
    try (FrameReader open = FrameReader.open(segment)) {
      for (Frame frame = open.next(); frame != null; frame = open.next()) {
        frames.add(frame);
      }
    }
    return frames;
  }

  private SealedPayload payload(int frame) {
    return SealedPayload.ofBody(frames.get(frame).body());
  }

  private VerificationReport verify() throws IOException {
    return new Verifier(log, SIGNER.verifier(), List.of()).verify(done -> {});
  }

  private VerificationReport verifyWithKey() throws IOException {
    return new Verifier(log, SIGNER.verifier(), List.of())
        .opening(reader.opener(log))
        .verify(done -> {});
  }

  private static String problem(VerificationReport report) {
    assertEquals(1, report.findings().getFirst().sequence());
    return report.findings().getFirst().problem();
  }

  /** Writes the frames with one changed, every checksum right. */
  private void replace(int at, SealedPayload with) throws IOException {
    List<byte[]> bodies = new ArrayList<>(frames.stream().map(Frame::body).toList());
    ByteBuffer body = ByteBuffer.allocate(with.wrappedKey().length + with.rest().length);
    bodies.set(at, body.put(with.wrappedKey()).put(with.rest()).array());
    write(frames, bodies);
  }

  private void write(List<Frame> like, List<byte[]> bodies) throws IOException {
    FrameBuffer buffer = new FrameBuffer();
    for (int i = 0; i < like.size(); i++) {
      Frame frame = like.get(i);
      buffer.add(frame.type(), frame.batch(), frame.sequence(), bodies.get(i));
    }
    byte[] bytes = new byte[buffer.size()];
    buffer.bytes().get(bytes);
    Files.write(log.segment(0), bytes);
  }

  private SealedPayload withTextFlipped(int frame) {
    byte[] rest = payload(frame).rest().clone();
    rest[rest.length - 1] ^= 1;
    return new SealedPayload(payload(frame).wrappedKey(), rest);
  }

  private SealedPayload withOtherKey(int frame) {
    byte[] key = payload(frame).wrappedKey().clone();
    key[20] ^= 1;
    CRC32C checksum = new CRC32C();
    checksum.update(key, 0, key.length - 4);
    ByteBuffer.wrap(key).putInt(key.length - 4, (int) checksum.getValue());
    SealedPayload changed = new SealedPayload(key, payload(frame).rest());
    assertTrue(changed.intact());
    return changed;
  }

  @Test
  void onePayloadReplacedByACopyOfTheOtherIsFoundF4() throws Exception {
    replace(REPLY, payload(ARGUMENTS));
    assertEquals(
        "the arguments kept with record 1 lie there twice, or it names none", problem(verify()));
    replace(ARGUMENTS, payload(REPLY));
    assertEquals(
        "the reply kept with record 1 lie there twice, or it names none", problem(verify()));
  }

  @Test
  void onePayloadReplacedByACopyOfTheOtherUnderItsNameIsFoundF4() throws Exception {
    SealedPayload copied = payload(ARGUMENTS);
    SealedPayload reply = payload(REPLY);
    // digest, nonce and role of the reply; key and text of the arguments
    int head = 32 + 12 + 1;
    byte[] text = Arrays.copyOfRange(copied.rest(), head + "arguments".length(), copied.rest().length);
    ByteBuffer rest = ByteBuffer.allocate(head + "reply".length() + text.length);
    rest.put(reply.rest(), 0, head + "reply".length()).put(text);
    replace(REPLY, new SealedPayload(copied.wrappedKey(), rest.array()));
    assertEquals("the reply " + FOREIGN, problem(verify()));
  }

  @Test
  void textChangedWithItsChecksumIsFoundWithoutThePayloadKeyF4() throws Exception {
    replace(REPLY, withTextFlipped(REPLY));
    assertEquals("the reply " + FOREIGN, problem(verify()));
  }

  @Test
  void keyChangedWithItsChecksumsIsFoundWithoutThePayloadKeyF4() throws Exception {
    replace(ARGUMENTS, withOtherKey(ARGUMENTS));
    assertEquals("the arguments " + FOREIGN, problem(verify()));
  }

  @Test
  void doubledPayloadIsFoundF4() throws Exception {
    List<Frame> more = new ArrayList<>(frames);
    List<byte[]> bodies = new ArrayList<>(frames.stream().map(Frame::body).toList());
    more.add(REPLY, frames.get(REPLY));
    bodies.add(REPLY, frames.get(REPLY).body());
    write(more, bodies);
    assertTrue(problem(verify()).contains("lie there twice"));
  }

  @Test
  void sameAttacksOnAPackedSegmentAreFoundF4() throws Exception {
    replace(REPLY, withTextFlipped(REPLY));
    CallLogSettings settings =
        CallLogSettings.of(folder, "one").withDisk(0, 0).withSegmentBytes(1);
    // a segment ends at a multiple of 256 records
    try (SegmentedCallLog open = SegmentedCallLog.open(settings, Records.CLOCK)) {
      for (int i = 2; i < 300; i++) {
        open.settle(Records.refusal("d-" + i, "policy-denied"));
      }
    }
    assertTrue(new SegmentPacker(log).pack() > 0);
    assertTrue(Files.exists(log.payloads(0)));
    assertEquals("the reply " + FOREIGN, problem(verify()));
  }

  @Test
  void withThePayloadKeyEveryPayloadIsOpened() throws Exception {
    VerificationReport report = verifyWithKey();
    assertTrue(report.good(), report.toString());
    assertEquals(2, report.opened());
    assertEquals(0, verify().opened());
  }

  @Test
  void erasedPayloadStillVerifiesAndAnotherInItsPlaceIsFoundF4() throws Exception {
    new PayloadEraser(log, SIGNER, Records.CLOCK).erase(Set.of(1L), "request 12");
    assertTrue(verify().good(), verify().toString());
    assertEquals(2, verifyWithKey().erased());
    frames = read(log.segment(0));
    replace(REPLY, payload(ARGUMENTS));
    assertEquals(
        "the arguments kept with record 1 lie there twice, or it names none", problem(verify()));
  }

  @Test
  void payloadPutBackAfterItsErasureIsFoundF4() throws Exception {
    SealedPayload before = payload(REPLY);
    new PayloadEraser(log, SIGNER, Records.CLOCK).erase(Set.of(1L), "request 12");
    frames = read(log.segment(0));
    replace(REPLY, before);
    assertTrue(
        problem(verify()).startsWith("a signed note says the payloads of record 1 are gone, and the reply"),
        problem(verify()));
  }

  /** Makes the leaf anew without a member, chain and checksums right. */
  private void withoutMember(String pattern) {
    TreeHash hash = new TreeHash();
    byte[] body = frames.get(LEAF).body();
    String text =
        new String(body, TreeHash.LENGTH, body.length - TreeHash.LENGTH, StandardCharsets.UTF_8);
    byte[] leaf = bytes(text.replaceFirst(pattern, ""));
    byte[] before = Arrays.copyOf(frames.get(1).body(), TreeHash.LENGTH);
    byte[] link = hash.link(before, hash.leaf(leaf));
    byte[] older = ByteBuffer.allocate(link.length + leaf.length).put(link).put(leaf).array();
    assertTrue(older.length < body.length);
    Frame named = frames.get(LEAF);
    frames.set(
        LEAF, new Frame(FrameType.LEAF, named.offset(), named.batch(), named.sequence(), older));
  }

  @Test
  void payloadOfARecordThatNamesNoneIsFoundF4() throws Exception {
    withoutMember("\"payloads\":\\[.*?],");
    replace(REPLY, payload(REPLY));
    assertEquals(
        "the arguments kept with record 1 lie there twice, or it names none", problem(verify()));
  }

  /** A leaf that does not say what was sealed: the first format of leaves. */
  @Test
  void recordWrittenBeforeIsGoodAndItsPayloadsNeedTheKeyF4() throws Exception {
    withoutMember("\"sealed\":\\{.*?},");
    replace(REPLY, payload(REPLY));
    assertTrue(verifyWithKey().good(), verifyWithKey().toString());
    for (SealedPayload changed : List.of(withTextFlipped(REPLY), withOtherKey(REPLY))) {
      replace(REPLY, changed);
      assertTrue(verify().good());
      assertEquals(
          "the reply kept with record 1 cannot be opened: sealed under another key, or damaged",
          problem(verifyWithKey()));
    }
  }
}
