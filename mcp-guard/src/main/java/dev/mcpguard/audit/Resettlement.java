package dev.mcpguard.audit;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the log itself records at start: that a torn tail was cut off, and an outcome {@code
 * unknown} for each admission a crash left without one.
 */
final class Resettlement {
  private final String instance;
  private final InstantSource clock;

  Resettlement(String instance, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
  }

  void settle(LogTail tail, SegmentWriter writer) throws IOException, AuditUnavailableException {
    if (tail.torn() > 0) {
      JsonObject event =
          JsonObject.builder()
              .put("type", "torn-tail-removed")
              .put("bytes", tail.torn())
              .put("after_seq", tail.next() - 1)
              .build();
      JsonObject body = JsonObject.builder().put("event", event).build();
      stage(RecordKind.EVENT, "recovery-" + tail.next(), body, writer);
    }
    List<Map.Entry<String, Long>> open =
        tail.open().entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .toList();
    for (Map.Entry<String, Long> admission : open) {
      JsonObject body =
          JsonObject.builder()
              .put("admission", admission.getValue().longValue())
              .put("fate", Fate.UNKNOWN.text())
              .put("detail", "the guard stopped before the outcome was recorded")
              .build();
      stage(RecordKind.OUTCOME, admission.getKey(), body, writer);
    }
    writer.flush();
  }

  private void stage(RecordKind kind, String decisionId, JsonObject said, SegmentWriter writer)
      throws AuditUnavailableException {
    JsonObject body =
        said.with("instance", new JsonString(instance))
            .with("time", new JsonString(RecordTime.text(clock.instant())));
    try {
      CallRecord record = new CallRecord(kind, decisionId, body, Map.of());
      LeafDraft draft = LeafDraft.of(record, List.of());
      writer.stage(new Pending.Entry(kind, decisionId, draft, List.of()));
    } catch (RecordTooLargeException decisionIdTooLong) {
      throw new AuditUnavailableException("recovery cannot be recorded", decisionIdTooLong);
    }
  }
}
