package dev.mcpguard.app.wiring;

import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A call log in memory. Thread-safe. */
final class FakeCallLog implements CallLog {
  final List<CallRecord> settled = new CopyOnWriteArrayList<>();

  @Override
  public Admission admit(CallRecord admission) {
    return new Admission(0, admission.decisionId());
  }

  @Override
  public void settle(CallRecord terminal) {
    settled.add(terminal);
  }

  @Override
  public Digest keep(String kind, byte[] document) {
    return Digest.of(document);
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
