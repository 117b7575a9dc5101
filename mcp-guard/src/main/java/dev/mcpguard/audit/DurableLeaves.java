package dev.mcpguard.audit;

import org.jspecify.annotations.Nullable;

/** What a log has promised: how many records, and the hashes of the newest of them. Thread-safe. */
@FunctionalInterface
public interface DurableLeaves {
  /** Records on stable storage: the sequence numbers below this. */
  long size();

  /**
   * The leaf hash (RFC 6962 2.1) of a record below {@link #size} as it was handed to the disk, or
   * null when it is no longer remembered and has to be read. Asked once, in ascending order.
   */
  default byte @Nullable [] hash(long sequence) {
    return null;
  }
}
