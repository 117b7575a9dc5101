package dev.mcpguard.gate;

import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.util.ArrayList;
import java.util.List;

/** Keeps every record; fails on demand. One thread. */
final class RecordingCallLog implements CallLog {
  final List<CallRecord> records = new ArrayList<>();
  boolean failAdmit;
  boolean failSettle;

  @Override
  public Admission admit(CallRecord admission) throws AuditUnavailableException {
    if (failAdmit) {
      throw new AuditUnavailableException("the disk is full");
    }
    records.add(admission);
    return new Admission(records.size() - 1, admission.decisionId());
  }

  @Override
  public void settle(CallRecord terminal) throws AuditUnavailableException {
    if (failSettle) {
      throw new AuditUnavailableException("the disk is full");
    }
    records.add(terminal);
  }

  @Override
  public Digest keep(String kind, byte[] document) {
    return Digest.of(document);
  }

  @Override
  public boolean available() {
    return !failAdmit && !failSettle;
  }

  @Override
  public void close() {}

  List<CallRecord> terminal() {
    return records.stream()
        .filter(r -> r.kind() == RecordKind.OUTCOME || r.kind() == RecordKind.REFUSAL)
        .toList();
  }
}
