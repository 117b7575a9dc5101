package dev.mcpguard.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Denial bodies to the letter (protocol.md 6.2). */
class AnswerWriterTest {
  private static final Rendering CALL =
      new Rendering(true, "tools/call", JsonNumber.of(7), false, 0);
  private static final Rendering LEGACY =
      new Rendering(false, "tools/call", JsonNumber.of(7), false, 0);

  private final AnswerWriter writer = new AnswerWriter(DenialForm.ERROR);

  private static Answer refused(Refusal refusal) {
    return new Answer.Refused("01JD", refusal, null);
  }

  private static String text(@Nullable JsonObject body) {
    return body == null ? "" : JsonText.text(body);
  }

  @Test
  void denialIsAnErrorWithFourMembersOfData() {
    Rendered rendered =
        writer.write(refused(Refusal.of(ReasonCode.INTENT_EXCEEDED, "secret detail")), CALL);
    assertEquals(200, rendered.status());
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-31003,\"message\":\"the call goes beyond the"
            + " declared intent\",\"data\":{\"reason\":\"intent-exceeded\",\"decisionId\":\"01JD\","
            + "\"outcome\":\"not-forwarded\",\"retry\":\"with-intent\"}}}",
        text(rendered.body()));
  }

  @Test
  void denialMayBeAResultForTheModel() {
    AnswerWriter results = new AnswerWriter(DenialForm.errorsButMissingIntent());
    Rendered rendered =
        results.write(refused(Refusal.of(ReasonCode.INTENT_MISSING, "secret")), CALL);
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"resultType\":\"complete\",\"isError\":true,\"content\":"
            + "[{\"type\":\"text\",\"text\":\"refused: state `guard_purpose` and call again\"}],\"_meta\":"
            + "{\"dev.mcpguard/denial\":{\"reason\":\"intent-missing\",\"decisionId\":\"01JD\","
            + "\"outcome\":\"not-forwarded\",\"retry\":\"with-intent\"}}}}",
        text(rendered.body()));
    Rendered legacy = results.write(refused(Refusal.of(ReasonCode.INTENT_MISSING, "")), LEGACY);
    assertFalse(text(legacy.body()).contains("resultType"));
    assertTrue(
        text(results.write(refused(Refusal.of(ReasonCode.POLICY_DENIED, "")), CALL).body())
            .contains("-31001"));
  }

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void everyReasonHasAnAnswerThatHidesItsDetail(ReasonCode reason) {
    for (Rendering as : new Rendering[] {CALL, LEGACY}) {
      Rendered rendered = writer.write(refused(Refusal.of(reason, "secret detail")), as);
      assertFalse(text(rendered.body()).contains("secret"));
      assertEquals(reason == ReasonCode.CLIENT_GONE, rendered.status() == 0);
      JsonObject inBand = writer.inBand(refused(Refusal.of(reason, "secret detail")), as);
      assertEquals(reason != ReasonCode.CLIENT_GONE, inBand != null);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INTERNAL,503,-32603", "AUDIT_UNAVAILABLE,503,-32603", "POLICY_UNAVAILABLE,503,-32603",
    "TOOL_UNKNOWN,200,-32602", "METHOD_UNKNOWN,404,-32601", "HEADER_MISMATCH,400,-32020",
    "MALFORMED,400,-32700", "SESSION_MISSING,400,-32600", "RATE_LIMITED,429,-31008",
    "BUDGET_SPENT,200,-31008",
    "DOWNSTREAM_INVALID,200,-31009", "RECORD_TOO_LARGE,400,-32600"
  })
  void reasonHasItsStatusAndCode(ReasonCode reason, int status, String code) {
    Rendered rendered = writer.write(refused(Refusal.of(reason, "")), CALL);
    assertEquals(status, rendered.status());
    assertTrue(text(rendered.body()).contains("\"code\":" + code + ","), text(rendered.body()));
  }

  @Test
  void failureBeforeForwardingTellsOnlyTheDecisionId() {
    Rendered rendered = writer.write(refused(Refusal.of(ReasonCode.INTERNAL, "")), CALL);
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32603,\"message\":\"internal error\","
            + "\"data\":{\"decisionId\":\"01JD\"}}}",
        text(rendered.body()));
  }

  @Test
  void failureAfterForwardingWithholdsTheResult() {
    Rendered rendered =
        writer.write(
            refused(Refusal.after(ReasonCode.AUDIT_UNAVAILABLE, Fate.EXECUTED, "")), CALL);
    assertEquals(200, rendered.status());
    assertTrue(text(rendered.body()).contains("-31011"));
    assertTrue(text(rendered.body()).contains("\"outcome\":\"executed\""));
  }

  @Test
  void extraMembersNeverReplaceTheFour() {
    JsonObject extra =
        JsonObject.builder().put("decisionId", "forged").put("retryAfterMs", 5).build();
    Rendered rendered =
        writer.write(refused(Refusal.of(ReasonCode.RATE_LIMITED, "").withData(extra)), CALL);
    assertTrue(text(rendered.body()).contains("\"decisionId\":\"01JD\""));
    assertTrue(text(rendered.body()).contains("\"retryAfterMs\":5"));
  }

  @Test
  void legacyResultLosesWhatOnlyModernClientsKnow() {
    JsonObject result =
        JsonObject.builder().put("resultType", "complete").put("ttlMs", 0).put("x", 1).build();
    Answer answer = new Answer.Result("01JD", result, FakeGate.principal("a"));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"x\":1}}",
        text(writer.write(answer, LEGACY).body()));
    assertTrue(text(writer.write(answer, CALL).body()).contains("resultType"));
  }

  @Test
  void legacyClientIsToldOfAMissingResourceByItsOwnCode() {
    Rendering read = new Rendering(false, "resources/read", JsonNumber.of(7), false, 0);
    Rendered rendered = writer.write(refused(Refusal.of(ReasonCode.TOOL_UNKNOWN, "")), read);
    assertTrue(text(rendered.body()).contains("-32002"));
  }
}
