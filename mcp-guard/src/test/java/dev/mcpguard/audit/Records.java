package dev.mcpguard.audit;

import dev.mcpguard.json.CanonicalJson;
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

  private static final JsonObject PRINCIPAL =
      CanonicalJson.keeping(
          JsonObject.builder()
              .put("agent", "invoice-bot")
              .put("owner", "accounts-payable")
              .put("issuer", "https://idp.example")
              .put("subject", "svc-invoice")
              .build());
  private static final JsonObject TOOL =
      CanonicalJson.keeping(
          JsonObject.builder()
              .put("server", "files")
              .put("name", "read_file")
              .put("class", "read")
              .build());
  private static final JsonObject INTENT =
      JsonObject.builder().put("purpose", "reconcile").put("task", "task-7").build();
  private static final JsonObject TRACE =
      JsonObject.builder().put("traceparent", "00-" + "a".repeat(32)).build();

  private Records() {}

  public static CallRecord admission(String decisionId) {
    return admission(decisionId, "{\"path\":\"/tmp/" + decisionId + "\"}");
  }

  public static CallRecord admission(String decisionId, String arguments) {
    byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
    JsonObject.Builder body = JsonObject.builder().put("arguments_digest", Digest.of(bytes).text());
    return new CallRecord(RecordKind.ADMISSION, decisionId, into(body).build(), Map.of("arguments", bytes));
  }

  public static CallRecord outcome(String decisionId, long admission) {
    JsonObject.Builder body =
        JsonObject.builder().put("admission", admission).put("fate", "executed");
    return new CallRecord(RecordKind.OUTCOME, decisionId, into(body).build(), Map.of());
  }

  public static CallRecord refusal(String decisionId, String reason) {
    JsonObject body = body().put("reason", reason).build();
    return new CallRecord(RecordKind.REFUSAL, decisionId, body, Map.of());
  }

  public static JsonObject.Builder body() {
    return into(JsonObject.builder());
  }

  /** In the order of the leaf and with parts whose bytes are kept, as the gate has them. */
  private static JsonObject.Builder into(JsonObject.Builder body) {
    return body.put("instance", "one")
        .put("intent", INTENT)
        .put("method", "tools/call")
        .put("principal", PRINCIPAL)
        .put("time", RecordTime.text(NOON))
        .put("tool", TOOL)
        .put("trace", TRACE);
  }
}
