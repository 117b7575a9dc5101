package dev.mcpguard.app.verbs;

import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordTooLargeException;

/** The running guard's log, which whoever borrows it does not close. Thread-safe. */
record LentLog(CallLog log) implements CallLog {
  @Override
  public Admission admit(CallRecord admission)
      throws AuditUnavailableException, RecordTooLargeException {
    return log.admit(admission);
  }

  @Override
  public void settle(CallRecord terminal)
      throws AuditUnavailableException, RecordTooLargeException {
    log.settle(terminal);
  }

  @Override
  public Digest keep(String kind, byte[] document) throws AuditUnavailableException {
    return log.keep(kind, document);
  }

  @Override
  public boolean available() {
    return log.available();
  }

  @Override
  public void close() {
    // the guard closes its own log
  }
}
