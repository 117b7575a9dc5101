package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.store.FrameReader;
import java.io.IOException;
import java.time.Duration;

/**
 * Tells a frame that a guard is writing at this moment from a torn one: the former becomes whole
 * within moments. Nothing whole may lie behind either; that is damage.
 *
 * @param patience how long a frame may take to become whole
 */
record PatientTail(Duration patience) {
  private static final long LOOK_MILLIS = 20;

  /** Longer than any write to a working disk takes, short enough for a person to wait. */
  static PatientTail standard() {
    return new PatientTail(Duration.ofSeconds(2));
  }

  /** Whether the file goes on with a whole frame where the reader stands, now or soon. */
  boolean completes(FrameReader reader) throws IOException {
    long at = reader.position();
    long end = System.nanoTime() + patience.toNanos();
    while (reader.next() == null) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      if (!reader.cut()) {
        // it may have become whole, and others behind it, between the two looks
        if (reader.next() == null) {
          return false;
        }
        break;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    reader.seek(at);
    return true;
  }
}
