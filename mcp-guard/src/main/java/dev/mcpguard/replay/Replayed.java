package dev.mcpguard.replay;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.json.JsonObject;

/** What replaying one record gave. */
public sealed interface Replayed {
  /** The record. */
  LogEntry entry();

  /** The same answer, byte for byte. */
  record Same(LogEntry entry, JsonObject answer) implements Replayed {}

  /**
   * Another answer.
   *
   * @param recorded result, reasons and obligations as recorded, or the refusal before policy
   * @param now the same of today's run
   */
  record Different(LogEntry entry, JsonObject recorded, JsonObject now) implements Replayed {
    /** Whether a permit became a refusal or the other way round. */
    public boolean turned() {
      return "permit".equals(recorded.string("result")) != "permit".equals(now.string("result"));
    }
  }

  /**
   * The record cannot be decided again although it should: something that was kept is gone.
   *
   * @param cause {@code erased}, {@code evidence-missing}, {@code payload-missing}, ...
   */
  record NotReplayable(LogEntry entry, String cause) implements Replayed {}

  /**
   * It was not decided from anything a record can hold: a signature, bytes that were no message, a
   * server that did not answer.
   *
   * @param cause what it hung on: {@code credential}, {@code message}, {@code server}, ...
   */
  record OutOfReach(LogEntry entry, String cause) implements Replayed {}

  /** Nothing was decided: an outcome, an event, or an answer of the guard itself. */
  record NotAsked(LogEntry entry) implements Replayed {}
}
