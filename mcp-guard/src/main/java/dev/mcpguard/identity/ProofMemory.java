package dev.mcpguard.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers which proofs of a key were used, as long as they could be used again (threat A14).
 * Memory is bounded per key: a full key refuses rather than forgets. Thread-safe.
 */
final class ProofMemory {
  private static final int SWEEP_EVERY = 4_096;

  private final Duration keep;
  private final int mostPerKey;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();

  /** The result of one use. */
  enum Use {
    FIRST,
    REPEATED,
    FULL
  }

  /** The first 128 bits of the SHA-256 of a proof's id. */
  private record Mark(long high, long low) {}

  /** The marks of one key, oldest first. Guarded by the map's lock on its key. */
  private static final class Lane {
    private final Map<Mark, Instant> marks = new LinkedHashMap<>();
  }

  /**
   * @param keep how long a mark is kept: no proof is accepted longer after its first use
   * @param mostPerKey the most marks of one key
   */
  ProofMemory(Duration keep, int mostPerKey) {
    this.keep = keep;
    this.mostPerKey = mostPerKey;
  }

  /** Uses the proof {@code id} of {@code key}; of all threads exactly one is told {@code FIRST}. */
  Use use(String key, String id, Instant now) {
    if (uses.incrementAndGet() % SWEEP_EVERY == 0) {
      sweep(now);
    }
    Mark mark = mark(id);
    Use[] result = {Use.FULL};
    lanes.compute(
        key,
        (ignored, present) -> {
          Lane lane = present == null ? new Lane() : present;
          purge(lane, now);
          result[0] = enter(lane, mark, now);
          return lane;
        });
    return result[0];
  }

  /** How many keys are remembered. */
  int keys() {
    return lanes.size();
  }

  private Use enter(Lane lane, Mark mark, Instant now) {
    if (lane.marks.containsKey(mark)) {
      return Use.REPEATED;
    }
    if (lane.marks.size() >= mostPerKey) {
      return Use.FULL;
    }
    lane.marks.put(mark, now.plus(keep));
    return Use.FIRST;
  }

  private static void purge(Lane lane, Instant now) {
    Iterator<Instant> ends = lane.marks.values().iterator();
    while (ends.hasNext() && ends.next().isBefore(now)) {
      ends.remove();
    }
  }

  private void sweep(Instant now) {
    for (String key : lanes.keySet()) {
      lanes.computeIfPresent(
          key,
          (ignored, lane) -> {
            purge(lane, now);
            return lane.marks.isEmpty() ? null : lane;
          });
    }
  }

  private static Mark mark(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      ByteBuffer buffer = ByteBuffer.wrap(hash);
      return new Mark(buffer.getLong(), buffer.getLong());
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
