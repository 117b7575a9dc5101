package dev.mcpguard.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A witness by the C2SP tlog-witness protocol: it remembers the newest checkpoint of each log and
 * countersigns only what extends it. Thread-safe; blocking, off every request path.
 */
public interface WitnessEndpoint extends AutoCloseable {

  /**
   * Submits a checkpoint.
   *
   * @param request the body of {@code add-checkpoint}: old size, consistency proof, signed note
   * @throws IOException when the witness cannot be reached or does not answer in time
   */
  WitnessReply addCheckpoint(String request) throws IOException;

  /**
   * The newest cosigned checkpoint of a log. Not part of the protocol, so others than the guard's own
   * witness may not have it.
   *
   * @param origin the log's name
   * @return the note with the log's signature and the cosignature, or null when there is none
   */
  @Nullable String newest(String origin) throws IOException;

  @Override
  default void close() {}
}
