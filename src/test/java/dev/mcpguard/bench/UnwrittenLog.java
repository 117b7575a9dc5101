package dev.mcpguard.bench;

import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import java.util.concurrent.atomic.AtomicLong;

/** Takes records and keeps none: what the gate costs without its log. Thread-safe. */
final class UnwrittenLog implements CallLog {
  private final AtomicLong next = new AtomicLong();

  @Override
  public Admission admit(CallRecord admission) {
    return new Admission(next.getAndIncrement(), admission.decisionId());
  }

  @Override
  public void settle(CallRecord terminal) {
    next.getAndIncrement();
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
  public void close() {}
}
