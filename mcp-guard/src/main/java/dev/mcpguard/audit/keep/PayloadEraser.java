package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.Frame;
import dev.mcpguard.audit.store.FrameReader;
import dev.mcpguard.audit.store.FrameType;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Erases payloads one record at a time by destroying their keys (crypto-shredding): the wrapped key
 * is overwritten in place and synced. Records, chain, tiles and proofs stay as they are. Works
 * beside a running guard. Copies of the folder made before still hold the key. Not thread-safe.
 */
public final class PayloadEraser {
  private final InstanceFolder folder;
  private final RemovalNote note;
  private final InstantSource clock;

  public PayloadEraser(InstanceFolder folder, NoteSigner signer, InstantSource clock) {
    this.folder = folder;
    this.note = new RemovalNote(folder, signer);
    this.clock = clock;
  }

  /**
   * Erases every payload of the records; answers how many keys were destroyed now.
   *
   * @param reason why, for the note
   */
  public int erase(Set<Long> sequences, String reason) throws IOException {
    try (KeeperLock lock = KeeperLock.take(folder)) {
      JsonArray records =
          new JsonArray(
              new TreeSet<>(sequences).stream().<JsonValue>map(JsonNumber::of).toList());
      JsonObject said = JsonObject.builder().put("payloads_of", records).put("reason", reason).build();
      note.write(clock.instant(), "erase", said);
      int erased = 0;
      List<Long> starts = folder.segmentStarts();
      for (int i = 0; i < starts.size(); i++) {
        long end = i + 1 < starts.size() ? starts.get(i + 1) : Long.MAX_VALUE;
        Set<Long> here = new TreeSet<>(sequences);
        long first = starts.get(i);
        here.removeIf(sequence -> sequence < first || sequence >= end);
        erased += here.isEmpty() ? 0 : eraseIn(file(first), here);
      }
      return erased;
    }
  }

  private Path file(long first) {
    Path plain = folder.segment(first);
    return Files.exists(plain) ? plain : folder.payloads(first);
  }

  private static int eraseIn(Path file, Set<Long> sequences) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    List<Long> keys = keys(file, sequences);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long offset : keys) {
        ByteBuffer zeros = ByteBuffer.allocate(SealedPayload.KEY_LENGTH);
        while (zeros.hasRemaining()) {
          channel.write(zeros, offset + zeros.position());
        }
      }
      channel.force(true);
    }
    return keys.size();
  }

  private static List<Long> keys(Path file, Set<Long> sequences) throws IOException {
    List<Long> keys = new ArrayList<>();
    try (FrameReader frames = FrameReader.open(file)) {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        boolean wanted = frame.type() == FrameType.PAYLOAD && sequences.contains(frame.sequence());
        if (wanted && !SealedPayload.ofBody(frame.body()).erased()) {
          keys.add(frame.bodyOffset());
        }
      }
    }
    return keys;
  }
}
