package dev.mcpguard.replay;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.json.JsonObject;

/** What replaying one record gave. */
public sealed interface Replayed {
  /** The record. */
  LogEntry entry();

  /** The same answer, byte for byte. */
  record Same(LogEntry entry) implements Replayed {}

  /**
   * Another answer.
   *
   * @param recorded result, reasons and obligations as recorded
   * @param now what the policy says now
   */
  record Different(LogEntry entry, JsonObject recorded, JsonObject now) implements Replayed {
    /** Whether a permit became a deny or the other way round. */
    public boolean turned() {
      return !String.valueOf(recorded.string("result")).equals(now.string("result"));
    }
  }

  /**
   * The record cannot be decided again.
   *
   * @param cause {@code erased}, {@code evidence-missing}, {@code payload-missing}, ...
   */
  record NotReplayable(LogEntry entry, String cause) implements Replayed {}

  /** Policy was never asked: the request ended before, or was answered by the guard itself. */
  record NotAsked(LogEntry entry) implements Replayed {}
}
