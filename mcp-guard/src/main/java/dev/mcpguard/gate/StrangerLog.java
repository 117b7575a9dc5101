package dev.mcpguard.gate;

import dev.mcpguard.model.CallRecord;

/**
 * Records requests of callers nobody knows: singly up to a configured rate, exactly counted in one
 * event per interval above it, so that a flood can neither fill the disk nor go unnoticed.
 * Thread-safe; never blocks on the disk.
 */
@FunctionalInterface
public interface StrangerLog {

  /** Records or counts the refusal. */
  void record(CallRecord refusal);
}
