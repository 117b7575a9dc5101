package dev.mcpguard.app.wiring;

import dev.mcpguard.audit.FoldedEvents;
import dev.mcpguard.gate.StrangerLog;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records strangers singly up to a rate and counts the rest exactly (threat F7). Thread-safe. */
final class FoldingStrangers implements StrangerLog {
  private static final Logger LOG = LoggerFactory.getLogger(FoldingStrangers.class);

  private final FoldedEvents folded;
  private final CallLog log;

  FoldingStrangers(FoldedEvents folded, CallLog log) {
    this.folded = folded;
    this.log = log;
  }

  @Override
  public void record(CallRecord refusal) {
    String given = refusal.body().string("reason");
    String reason = given == null ? "unauthenticated" : given;
    try {
      if (folded.recordSingly(reason)) {
        single(refusal, reason);
      }
    } catch (AuditUnavailableException | RecordTooLargeException unwritable) {
      // The caller is refused either way; the log's own latch stops everything else.
      LOG.error("an unauthenticated request could not be recorded", unwritable);
    }
  }

  private void single(CallRecord refusal, String reason)
      throws AuditUnavailableException, RecordTooLargeException {
    boolean recorded = false;
    try {
      log.settle(refusal);
      recorded = true;
    } finally {
      if (!recorded) {
        // in a count rather than nowhere
        folded.count(reason);
      }
    }
  }
}
