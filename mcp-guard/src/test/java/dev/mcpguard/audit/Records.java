package dev.mcpguard.audit;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Records as the gate writes them. */
public final class Records {
  public static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
  public static final InstantSource CLOCK = InstantSource.fixed(NOON);

  private Records() {}

  public static CallRecord admission(String decisionId) {
    return admission(decisionId, "{\"path\":\"/tmp/" + decisionId + "\"}");
  }

  public static CallRecord admission(String decisionId, String arguments) {
    byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
    JsonObject body = body().put("arguments_digest", Digest.of(bytes).text()).build();
    return new CallRecord(RecordKind.ADMISSION, decisionId, body, Map.of("arguments", bytes));
  }

  public static CallRecord outcome(String decisionId, long admission) {
    JsonObject body = body().put("admission", admission).put("fate", "executed").build();
    return new CallRecord(RecordKind.OUTCOME, decisionId, body, Map.of());
  }

  public static CallRecord refusal(String decisionId, String reason) {
    JsonObject body = body().put("reason", reason).build();
    return new CallRecord(RecordKind.REFUSAL, decisionId, body, Map.of());
  }

  public static JsonObject.Builder body() {
    JsonObject principal =
        JsonObject.builder()
            .put("agent", "invoice-bot")
            .put("owner", "accounts-payable")
            .put("issuer", "https://idp.example")
            .put("subject", "svc-invoice")
            .build();
    JsonObject tool =
        JsonObject.builder()
            .put("server", "files")
            .put("name", "read_file")
            .put("class", "read")
            .build();
    JsonObject intent =
        JsonObject.builder().put("purpose", "reconcile").put("task", "task-7").build();
    return JsonObject.builder()
        .put("time", RecordTime.text(NOON))
        .put("instance", "one")
        .put("method", "tools/call")
        .put("principal", principal)
        .put("intent", intent)
        .put("tool", tool)
        .put("trace", JsonObject.builder().put("traceparent", "00-" + "a".repeat(32)).build());
  }
}
