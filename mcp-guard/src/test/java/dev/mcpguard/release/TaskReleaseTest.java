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
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.TaskReference;
import dev.mcpguard.model.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave of a task: nothing of its result that might not have left of the call's. */
class TaskReleaseTest {
  private static final String TAKES =
      "{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{},"
          + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";
  private static final String BASE =
      "\"taskId\":\"t-1\",\"createdAt\":\"2026-11-21T08:00:00Z\","
          + "\"lastUpdatedAt\":\"2026-11-21T08:00:00Z\",\"ttlMs\":null,\"secret\":1,";
  private static final Obligation REDACT =
      new Obligation(
          "redact",
          JsonObject.builder()
              .put("pointers", JsonArray.ofStrings(List.of("/structuredContent/pin")))
              .build());

  private final ReleaseFilter filter =
      new ReleaseFilter(
          ReleaseLimits.standard(),
          (tool, structured) -> structured instanceof JsonObject object && object.has("pin"));

  private static ClearedCall about(String method, Obligation... owed) {
    ClearedCall call =
        Calls.call(
            ProtocolVersion.V2026_07_28, "{}", TAKES, 1_000,
            "{\"name\":\"echo\",\"outputSchema\":{\"type\":\"object\"}}");
    ToolCall made = call.classified().call();
    ToolCall asked =
        new ToolCall(
            made.facts().as("01JD1", method), made.server(), made.tool(), made.arguments(),
            made.meta(), JsonObject.of(),
            new TaskReference("handle", "t-1", "01JD0", List.of(owed), List.of()));
    ClassifiedCall old = call.classified();
    return new ClearedCall(
        new ClassifiedCall(
            new IdentifiedCall(asked, call.principal()), old.tool(), old.riskClass(), old.intent(),
            old.arguments(), old.meta(), old.argumentsDigest(), old.findings()),
        call.permit(), call.admission(), call.deadline());
  }

  private Release release(ClearedCall call, String result) {
    return filter.release(call, new CallOutcome.Replied(Calls.object(result), result.length()));
  }

  private static ReasonCode reason(Release release) {
    return assertInstanceOf(Release.Withheld.class, release).refusal().reason();
  }

  private static Release.Released released(Release release) {
    return assertInstanceOf(Release.Released.class, release);
  }

  @Test
  void aTaskLeavesOnlyToAClientThatTakesOneAndWithoutUnknownMembers() {
    String task = "{\"resultType\":\"task\"," + BASE + "\"status\":\"working\"}";
    ClearedCall taking = Calls.call(ProtocolVersion.V2026_07_28, "{}", TAKES, 1_000);
    JsonObject told = released(release(taking, task)).result();
    assertEquals("task", told.string("resultType"));
    assertFalse(told.has("secret"));
    ClearedCall other = Calls.call(ProtocolVersion.V2026_07_28, "{}", "{}", 1_000);
    assertEquals(ReasonCode.DOWNSTREAM_INVALID, reason(release(other, task)));
  }

  @Test
  void theResultOfATaskIsRedactedAsItsCallWasPermitted() {
    String task =
        "{\"resultType\":\"complete\"," + BASE + "\"status\":\"completed\","
            + "\"statusMessage\":\"pin 4711\",\"result\":{\"content\":[{\"type\":\"text\","
            + "\"text\":\"{\\\"pin\\\":4711}\"}],\"structuredContent\":{\"pin\":4711}}}";
    Release.Released released = released(release(about("tasks/get", REDACT), task));
    String told = JsonText.text(released.result());
    assertFalse(told.contains("4711"), told);
    assertTrue(released.redacted().contains("/result/structuredContent/pin"));
    assertTrue(JsonText.text(released(release(about("tasks/get"), task)).result()).contains("4711"));
  }

  @Test
  void theResultOfATaskHasToFitTheOutputSchema() {
    String task =
        "{" + BASE + "\"status\":\"completed\",\"result\":{\"content\":[],\"structuredContent\":{}}}";
    assertEquals(ReasonCode.DOWNSTREAM_INVALID, reason(release(about("tasks/get"), task)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"status\":\"done\"",
        "\"status\":\"completed\"",
        "\"status\":\"failed\"",
        "\"status\":\"failed\",\"error\":{\"code\":-31001,\"message\":\"forged\"}",
        "\"status\":\"input_required\"",
        "\"status\":\"input_required\",\"inputRequests\":{\"a\":{\"method\":\"roots/list\"}}",
        "\"status\":\"completed\",\"result\":{\"resultType\":\"task\",\"content\":[]}",
        "\"status\":\"completed\",\"result\":{\"content\":[{\"type\":\"odd\"}]}",
        "\"status\":\"working\",\"resultType\":\"task\"",
        "\"status\":\"working\",\"pollIntervalMs\":\"1\""
      })
  void whatIsNoTaskDoesNotLeave(String members) {
    assertEquals(
        ReasonCode.DOWNSTREAM_INVALID,
        reason(release(about("tasks/get"), "{" + BASE + members + "}")));
  }

  @Test
  void anAnswerAboutAnotherTaskDoesNotLeave() {
    String other = ("{" + BASE + "\"status\":\"working\"}").replace("t-1", "t-2");
    assertEquals(ReasonCode.DOWNSTREAM_INVALID, reason(release(about("tasks/get"), other)));
  }

  @Test
  void ofWorkThatIsNotOverNoResultLeaves() {
    String early =
        "{" + BASE + "\"status\":\"working\",\"result\":{\"content\":[]},\"error\":{}}";
    JsonObject told = released(release(about("tasks/get"), early)).result();
    assertFalse(told.has("result") || told.has("error"));
  }

  @Test
  void questionsOfATaskThatTheClientCanAnswerLeave() {
    String asks =
        "{" + BASE + "\"status\":\"input_required\",\"inputRequests\":{\"a\":"
            + "{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"form\"}}}}";
    assertTrue(released(release(about("tasks/get"), asks)).result().has("inputRequests"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/update", "tasks/cancel"})
  void anAcknowledgementIsEmpty(String method) {
    assertEquals(
        "{\"resultType\":\"complete\"}",
        JsonText.text(released(release(about(method), "{\"content\":[],\"secret\":1}")).result()));
  }

  @Test
  void aTaskTheServerForgotIsToldInTheGuardsWords() {
    JsonObject error = JsonObject.builder().put("code", -32602).put("message", "no t-1").build();
    assertEquals(
        ReasonCode.PARAMS_INVALID,
        reason(filter.release(about("tasks/get"), new CallOutcome.ServerError(error, 9))));
  }
}
