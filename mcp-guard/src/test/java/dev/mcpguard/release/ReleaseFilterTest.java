package dev.mcpguard.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave, and what may not. */
class ReleaseFilterTest {
  private final ReleaseFilter filter = new ReleaseFilter(ReleaseLimits.standard());

  private static ClearedCall call(ProtocolVersion version, String... pointers) {
    Obligation redact =
        new Obligation(
            "redact",
            JsonObject.builder()
                .put("pointers", JsonArray.ofStrings(List.of(pointers)))
                .build());
    List<Obligation> obligations = pointers.length == 0 ? List.of() : List.of(redact);
    return Calls.call(version, "{}", "{}", 1_000, "{\"name\":\"echo\"}", obligations);
  }

  private Release release(String result, String... pointers) {
    return filter.release(
        call(ProtocolVersion.V2026_07_28, pointers),
        new CallOutcome.Replied(Calls.object(result), result.length()));
  }

  private static String released(Release release) {
    return JsonText.text(assertInstanceOf(Release.Released.class, release).result());
  }

  private static Refusal withheld(Release release) {
    return assertInstanceOf(Release.Withheld.class, release).refusal();
  }

  @Test
  void properResultLeavesUnchanged() {
    String result =
        "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"ok\",\"x\":1.10}],"
            + "\"structuredContent\":[1E+2],\"unknown\":null}";
    assertEquals(result, released(release(result)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"content\":{}}",
        "{\"content\":[1]}",
        "{\"content\":[{\"type\":\"video\"}]}",
        "{\"content\":[{\"type\":\"text\"}]}",
        "{\"content\":[{\"type\":\"image\",\"data\":\"x\"}]}",
        "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"u\"}}]}",
        "{\"content\":[],\"isError\":\"true\"}",
        "{\"content\":[],\"resultType\":\"task\"}",
        "{\"content\":[],\"resultType\":7}",
        "{\"content\":[],\"_meta\":[]}",
        "{\"resultType\":\"input_required\"}",
        "{\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"x\"}}}",
        "{\"resultType\":\"input_required\",\"inputRequests\":"
            + "{\"k\":{\"method\":\"sampling/createMessage\"}}}",
        "{\"resultType\":\"input_required\",\"requestState\":7}"
      })
  void c16ResultOfNoKnownShapeDoesNotLeave(String result) {
    Refusal refusal = withheld(release(result));
    assertEquals(ReasonCode.DOWNSTREAM_INVALID, refusal.reason());
    assertEquals(Fate.EXECUTED, refusal.fate());
  }

  @Test
  void requestStateAloneIsAnInputRound() {
    String result = "{\"resultType\":\"input_required\",\"requestState\":\"s\"}";
    assertEquals(result, released(release(result)));
  }

  @Test
  void serverCannotSpeakInTheGuardsName() {
    String result =
        "{\"content\":[],\"_meta\":{\"dev.mcpguard/denial\":{},\"a\":1},\"isError\":true}";
    String told = released(release(result));
    assertFalse(told.contains("denial"));
    assertTrue(told.contains("\"a\":1"));
  }

  @Test
  void eraOfTheClientDecidesAboutResultType() {
    String legacy =
        released(
            filter.release(
                call(ProtocolVersion.V2025_11_25),
                new CallOutcome.Replied(
                    Calls.object("{\"resultType\":\"complete\",\"content\":[]}"), 10)));
    assertEquals("{\"content\":[]}", legacy);
    assertEquals(
        "{\"content\":[],\"resultType\":\"complete\"}", released(release("{\"content\":[]}")));
  }

  @Test
  void tooLargeAnAnswerDoesNotLeave() {
    Release release =
        new ReleaseFilter(new ReleaseLimits(100))
            .release(
                call(ProtocolVersion.V2026_07_28),
                new CallOutcome.Replied(Calls.object("{\"content\":[]}"), 101));
    assertEquals(ReasonCode.RESPONSE_WITHHELD, withheld(release).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "-31000, false, false",
    "-31001, false, false",
    "-31099, false, false",
    "-32020, false, false",
    "-32022, false, false",
    "-32099, false, false",
    "-32000, false, true",
    "-32001, false, true",
    "-32019, false, true",
    "-32042, false, true",
    "-32602, true, true",
    "-32603, true, true",
    "-30999, true, true",
    "-31100, true, true",
    "42, true, true"
  })
  void serverCanUseOnlyItsOwnErrorCodes(int code, boolean modern, boolean legacy) {
    assertEquals(modern, relays(code, ProtocolVersion.V2026_07_28), "to a modern client");
    assertEquals(legacy, relays(code, ProtocolVersion.V2025_11_25), "to a legacy client");
  }

  private boolean relays(int code, ProtocolVersion version) {
    JsonObject error = Calls.object("{\"code\":" + code + ",\"message\":\"m\"}");
    return switch (filter.release(call(version), new CallOutcome.ServerError(error, 10))) {
      case Release.Released released -> released.error();
      case Release.Withheld withheld -> {
        assertEquals(ReasonCode.DOWNSTREAM_INVALID, withheld.refusal().reason());
        assertEquals(
            "{\"serverCode\":" + code + "}", JsonText.text(withheld.refusal().data()));
        yield false;
      }
    };
  }

  @Test
  void failureKeepsItsReasonAndFate() {
    Release release =
        filter.release(
            call(ProtocolVersion.V2026_07_28),
            new CallOutcome.Failed(ReasonCode.DOWNSTREAM_TIMEOUT, Fate.UNKNOWN, "late"));
    assertEquals(ReasonCode.DOWNSTREAM_TIMEOUT, withheld(release).reason());
    assertEquals(Fate.UNKNOWN, withheld(release).fate());
  }

  @Test
  void redactionReachesStructuredContentAndTheTextThatRepeatsIt() {
    String result =
        "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"n\\\":1.10,\\\"list\\\":[{\\\"iban\\\":"
            + "\\\"DE1\\\"},{\\\"iban\\\":\\\"DE2\\\"}]}\"}],"
            + "\"structuredContent\":{\"n\":1.10,\"list\":[{\"iban\":\"DE1\"},{\"iban\":\"DE2\"}]},"
            + "\"resultType\":\"complete\"}";
    Release release = release(result, "/structuredContent/list/*/iban");
    String told = released(release);
    assertFalse(told.contains("DE1") || told.contains("DE2"), told);
    assertTrue(told.contains("\\\"n\\\":1.10") && told.contains("\"n\":1.10"), told);
    assertEquals(
        List.of(
            "/structuredContent/list/0/iban",
            "/structuredContent/list/1/iban",
            "/content/0/text#/list/0/iban",
            "/content/0/text#/list/1/iban"),
        assertInstanceOf(Release.Released.class, release).redacted());
  }

  @Test
  void registryRedactsWithoutAnObligation() {
    ClearedCall call =
        Calls.call(
            ProtocolVersion.V2026_07_28, "{}", "{}", 1_000, "{\"name\":\"echo\"}", List.of(),
            "/structuredContent/iban");
    String result = "{\"content\":[],\"structuredContent\":{\"iban\":\"DE1\",\"b\":2}}";
    Release release =
        filter.release(call, new CallOutcome.Replied(Calls.object(result), result.length()));
    assertTrue(released(release).contains("{\"iban\":\"[redacted]\",\"b\":2}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":[{\"type\":\"text\",\"text\":\"the iban is DE1\"}]}",
        "{\"content\":[{\"type\":\"text\",\"text\":\"\\\"DE1\\\"\"}]}",
        "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"iban\\\":1,\\\"iban\\\":2}\"}]}",
        "{\"content\":[{\"type\":\"image\",\"data\":\"x\",\"mimeType\":\"image/png\"}]}",
        "{\"content\":[],\"structuredContent\":\"iban DE1\"}",
        "{\"content\":[],\"structuredContent\":[{\"iban\":\"DE1\"}]}"
      })
  void answerInWhichNothingCanBeRedactedDoesNotLeave(String result) {
    assertEquals(
        ReasonCode.RESPONSE_WITHHELD,
        withheld(release(result, "/structuredContent/iban")).reason());
  }

  @Test
  void absentFieldNeedsNoRedaction() {
    String result = "{\"content\":[],\"structuredContent\":{\"a\":1},\"resultType\":\"complete\"}";
    assertEquals(result, released(release(result, "/structuredContent/iban")));
  }

  @Test
  void proseOfAnErrorIsNotToldWhereSomethingMustBeRedacted() {
    Release release =
        filter.release(
            call(ProtocolVersion.V2026_07_28, "/structuredContent/iban"),
            new CallOutcome.ServerError(
                Calls.object("{\"code\":-32603,\"message\":\"DE1\",\"data\":\"DE1\"}"), 9));
    assertFalse(released(release).contains("DE1"));
  }

  @Test
  void onlyARedactionThatCanBeReadCanBeDischarged() {
    assertTrue(filter.canDischarge(call(ProtocolVersion.V2026_07_28, "/a").permit()
        .obligations().getFirst()));
    assertFalse(filter.canDischarge(call(ProtocolVersion.V2026_07_28, "a").permit()
        .obligations().getFirst()));
    assertFalse(filter.canDischarge(new Obligation("redact", JsonObject.of())));
    assertFalse(filter.canDischarge(new Obligation("notify", JsonObject.of())));
  }
}
