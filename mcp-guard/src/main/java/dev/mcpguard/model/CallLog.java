package dev.mcpguard.model;

import dev.mcpguard.json.Digest;

/**
 * The durable, tamper-evident call log. Thread-safe; callers are virtual threads and may block.
 *
 * <p>No durable record, no call: after any failure every method but {@link #available()} throws until
 * the operator acts and restarts.
 */
public interface CallLog extends AutoCloseable {

  /**
   * Appends an admission and returns once it is durable.
   *
   * @throws RecordTooLargeException if the leaf would exceed 65,535 bytes; nothing was appended
   */
  Admission admit(CallRecord admission) throws AuditUnavailableException, RecordTooLargeException;

  /**
   * Appends a terminal record or event. A refusal returns once durable; an outcome returns once it is
   * ordered behind its admission (after a crash a missing outcome reads {@code unknown}).
   */
  void settle(CallRecord terminal) throws AuditUnavailableException, RecordTooLargeException;

  /**
   * Keeps a document that decisions depend on (policy, data, registry, agent register) once, by
   * digest, and returns once it is durable.
   *
   * @param kind {@code policy}, {@code registry}, {@code agents}
   */
  Digest keep(String kind, byte[] document) throws AuditUnavailableException;

  /** Whether records can be written. */
  boolean available();

  @Override
  void close();
}
