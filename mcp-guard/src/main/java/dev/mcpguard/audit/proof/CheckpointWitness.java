package dev.mcpguard.audit.proof;

import java.io.IOException;

/**
 * A second place that remembers checkpoints, out of reach of whoever can rewrite the log: only with
 * one can cutting the tail and rewriting the whole log be noticed. Called off the request path.
 */
@FunctionalInterface
public interface CheckpointWitness {
  /**
   * Hands over a signed checkpoint; called again with the next one after a failure.
   *
   * @param note the whole signed note
   */
  void witness(String note) throws IOException;
}
