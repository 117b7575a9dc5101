package dev.mcpguard.model;

/** What a witness says to a checkpoint. */
public sealed interface WitnessReply {

  /**
   * It extends what the witness knew.
   *
   * @param lines signature lines of a note, each ending in a newline
   */
  record Cosigned(String lines) implements WitnessReply {}

  /**
   * The old size is not the one the witness knows, or the same size has another root.
   *
   * @param size of the newest checkpoint the witness cosigned
   */
  record Conflict(long size) implements WitnessReply {}

  /**
   * Not accepted.
   *
   * @param status 400 malformed, 403 no valid signature, 404 unknown log, 422 the proof does not
   *     hold; others as HTTP means them
   */
  record Refused(int status) implements WitnessReply {}
}
