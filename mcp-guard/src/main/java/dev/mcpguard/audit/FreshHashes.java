package dev.mcpguard.audit;

import dev.mcpguard.audit.merkle.TreeHash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The leaf hashes of the newest records, from the committer to whoever signs checkpoints, so that
 * nothing is read again and hashed again to be signed. Bounded: when nobody takes them, newer ones
 * are not kept and must be read from the log. Thread-safe; one puts, one takes.
 */
final class FreshHashes {
  /** Half a second of 65,000 records a second; 1 MiB. */
  private static final int PLACES = 32_768;

  private final byte[] places = new byte[PLACES * TreeHash.LENGTH];
  private long from;
  private long to;

  synchronized void put(long sequence, byte[] hash) {
    if (from == to) {
      from = sequence;
      to = sequence;
    }
    if (sequence == to && to - from < PLACES) {
      System.arraycopy(hash, 0, places, at(sequence), TreeHash.LENGTH);
      to++;
    }
  }

  /** The hash of {@code sequence}, which is forgotten with all before it. */
  synchronized byte @Nullable [] take(long sequence) {
    if (sequence < from || sequence >= to) {
      return null;
    }
    from = sequence + 1;
    return Arrays.copyOfRange(places, at(sequence), at(sequence) + TreeHash.LENGTH);
  }

  private static int at(long sequence) {
    return (int) (sequence % PLACES) * TreeHash.LENGTH;
  }
}
