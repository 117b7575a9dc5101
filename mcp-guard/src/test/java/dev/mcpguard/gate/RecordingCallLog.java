package dev.mcpguard.gate;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import java.util.ArrayList;
import java.util.List;

/** Keeps every record; fails on demand. One thread. */
final class RecordingCallLog implements CallLog {
  final List<CallRecord> records = new ArrayList<>();
  boolean failAdmit;
  boolean failSettle;
  int largest = Integer.MAX_VALUE;

  @Override
  public Admission admit(CallRecord admission)
      throws AuditUnavailableException, RecordTooLargeException {
    if (failAdmit) {
      throw new AuditUnavailableException("the disk is full");
    }
    measure(admission);
    records.add(admission);
    return new Admission(records.size() - 1, admission.decisionId());
  }

  @Override
  public void settle(CallRecord terminal)
      throws AuditUnavailableException, RecordTooLargeException {
    if (failSettle) {
      throw new AuditUnavailableException("the disk is full");
    }
    measure(terminal);
    records.add(terminal);
  }

  static int size(CallRecord record) {
    return CanonicalJson.bytes(record.body()).length;
  }

  private void measure(CallRecord record) throws RecordTooLargeException {
    if (size(record) > largest) {
      throw new RecordTooLargeException(size(record));
    }
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
