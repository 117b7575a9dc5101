package dev.mcpguard.model;

/** Decides what of an answer may leave, and discharges {@code redact} obligations. Thread-safe. */
public interface ResponseFilter {

  /** Whether every obligation of the permit is one this guard can discharge. */
  boolean canDischarge(Obligation obligation);

  /** Checks and redacts the outcome of a cleared request. */
  Release release(ClearedRequest call, CallOutcome outcome);
}
