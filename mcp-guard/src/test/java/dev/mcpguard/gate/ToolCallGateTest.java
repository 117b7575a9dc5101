package dev.mcpguard.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ToolLookup;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The straight line: what each step refuses never reaches a server, and every exit leaves one record. */
class ToolCallGateTest {
  private final GateWorld world = new GateWorld();

  @Test
  void aPermittedCallIsRecordedBeforeItIsForwardedAndSettledOnce() {
    world.outcome =
        () -> {
          assertEquals(RecordKind.ADMISSION, world.log.records.getLast().kind());
          return new CallOutcome.Replied(JsonObject.of(), 2);
        };
    assertInstanceOf(Answer.Result.class, world.call());
    assertEquals(1, world.forwarded.size());
    assertEquals(2, world.log.records.size());
    assertEquals("executed", onlyTerminal().body().string("fate"));
  }

  @Test
  void whatIsForwardedIsWhatWasDecided() {
    world.call();
    JsonObject decided = world.asked.getFirst().object("context");
    assertTrue(decided != null);
    assertEquals(decided.object("arguments"), forwarded().classified().arguments());
    assertFalse(forwarded().classified().meta().has("dev.mcpguard/intent"));
  }

  private ClearedCall forwarded() {
    return assertInstanceOf(ClearedCall.class, world.forwarded.getFirst());
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("a stranger", w -> w.identity = () -> stranger(false), ReasonCode.UNAUTHENTICATED),
        row("an unregistered agent", w -> w.identity = () -> stranger(true), ReasonCode.UNAUTHENTICATED),
        row("a foreign session",
            w -> w.session = new RequestFacts.SessionReference("s", GateWorld.principal("b").key()),
            ReasonCode.SESSION_UNKNOWN),
        row("a changed tool", w -> w.lookup = () -> new ToolLookup.NotServed(
            Refusal.of(ReasonCode.TOOL_CHANGED, "x")), ReasonCode.TOOL_CHANGED),
        row("no intent", w -> w.meta = JsonObject.of(), ReasonCode.INTENT_MISSING),
        row("a deny", w -> w.decision = () -> new Decision.Deny(
            ReasonCode.CLASS_EXCEEDED, JsonArray.of(), JsonObject.of(), "r"), ReasonCode.CLASS_EXCEEDED),
        row("an undefined decision", w -> w.decision = () -> new Decision.Indeterminate(
            ReasonCode.POLICY_UNDEFINED, "x", "r"), ReasonCode.POLICY_UNDEFINED),
        row("an unknown obligation", w -> w.decision = () -> GateWorld.permit(
            new Obligation("dance", JsonObject.of())), ReasonCode.OBLIGATION_UNFULFILLED),
        row("a crash of identity", w -> w.identity = ToolCallGateTest::crash, ReasonCode.INTERNAL),
        row("a crash of the registry", w -> w.lookup = ToolCallGateTest::crash, ReasonCode.INTERNAL),
        row("a crash of policy", w -> w.decision = ToolCallGateTest::crash, ReasonCode.INTERNAL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aRefusedCallReachesNoServerAndLeavesExactlyOneRecord(
      String name, Consumer<GateWorld> change, ReasonCode reason) {
    change.accept(world);
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals(reason, refused.refusal().reason());
    assertEquals(Fate.NOT_FORWARDED, refused.refusal().fate());
    assertEquals(0, world.forwarded.size());
    assertEquals(1, world.log.records.size());
    assertEquals(reason.text(), onlyTerminal().body().string("reason"));
  }

  @Test
  void f1_withoutADurableRecordNothingIsForwarded() {
    world.log.failAdmit = true;
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals(ReasonCode.AUDIT_UNAVAILABLE, refused.refusal().reason());
    assertEquals(0, world.forwarded.size());
  }

  /** What cannot be recorded whole is not done; the refusal is recorded without what is large. */
  @Test
  void aCallWhoseRecordIsTooLargeIsRefusedByAShortOne() {
    world.call();
    int whole = RecordingCallLog.size(world.log.records.getFirst());
    world.log.records.clear();
    world.forwarded.clear();
    world.log.largest = whole - 100;
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals(ReasonCode.RECORD_TOO_LARGE, refused.refusal().reason());
    assertEquals(0, world.forwarded.size());
    JsonObject record = onlyTerminal().body();
    assertEquals(1, world.log.records.size());
    assertEquals("record-too-large", record.string("reason"));
    assertEquals(JsonBoolean.TRUE, record.get("shortened"));
    JsonObject decision = Objects.requireNonNull(record.object("decision"));
    assertEquals("permit", decision.string("result"));
    for (String large : List.of("asked", "input", "intent", "tool")) {
      assertFalse(record.has(large), large);
    }
    assertFalse(decision.has("reasons"));
    assertEquals(0, onlyTerminal().payloads().size());
  }

  @Test
  void f1_anAnswerWhoseTerminalRecordCannotBeWrittenIsWithheld() {
    world.outcome =
        () -> {
          world.log.failSettle = true;
          return new CallOutcome.Replied(JsonObject.of(), 2);
        };
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals(ReasonCode.AUDIT_UNAVAILABLE, refused.refusal().reason());
    assertEquals(Fate.EXECUTED, refused.refusal().fate());
  }

  @Test
  void aCrashAfterForwardingIsAnUnknownFate() {
    world.outcome = ToolCallGateTest::crash;
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals(ReasonCode.INTERNAL, refused.refusal().reason());
    assertEquals(Fate.UNKNOWN, refused.refusal().fate());
    assertEquals(RecordKind.OUTCOME, onlyTerminal().kind());
  }

  @Test
  void aWithheldAnswerSaysThatTheCallRan() {
    world.release =
        () ->
            new Release.Withheld(
                Refusal.after(ReasonCode.RESPONSE_WITHHELD, Fate.EXECUTED, "too secret"));
    assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals("executed", onlyTerminal().body().string("fate"));
    assertEquals("response-withheld", onlyTerminal().body().string("reason"));
  }

  @Test
  void b14_aCallThatWaitsForItsClientHasOneOutcomeAndItsRetryHasRecordsOfItsOwn() {
    JsonObject demand = JsonObject.builder().put("resultType", "input_required").build();
    world.outcome = () -> new CallOutcome.Waiting(demand);
    Answer.Result waiting = assertInstanceOf(Answer.Result.class, world.call());
    assertEquals(demand, waiting.result());
    JsonObject outcome = world.log.records.getLast().body();
    assertEquals("waiting", outcome.string("outcome"));
    assertEquals("unknown", outcome.string("fate"));
    world.outcome = () -> new CallOutcome.Replied(JsonObject.of(), 2);
    world.call();
    assertEquals(4, world.log.records.size());
    assertEquals(2, world.asked.size(), "policy is asked for each");
    assertEquals("executed", world.log.records.getLast().body().string("fate"));
  }

  @Test
  void d7_aServerThatAlwaysWaitsIsGivenUpAfterEightRounds() {
    world.outcome = () -> new CallOutcome.Waiting(JsonObject.of());
    for (int round = 0; round < 8; round++) {
      assertInstanceOf(Answer.Result.class, world.call());
    }
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals(ReasonCode.BUDGET_SPENT, refused.refusal().reason());
    assertEquals(8, world.forwarded.size());
  }

  @Test
  void aMisreadRequestIsAuthenticatedFirstAndRecorded() {
    Misread misread =
        new Misread(world.facts("?"), Refusal.of(ReasonCode.MALFORMED, "not strict JSON"));
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.handle(misread));
    assertEquals(ReasonCode.MALFORMED, refused.refusal().reason());
    assertEquals("malformed", onlyTerminal().body().string("reason"));
    world.identity = () -> stranger(false);
    assertInstanceOf(Answer.Refused.class, world.handle(misread));
    assertEquals("unauthenticated", world.log.records.getLast().body().string("reason"));
  }

  @Test
  void b15_aListShowsOnlyWhatPolicyCouldPermit() {
    ListRequest request = new ListRequest(world.facts("tools/list"), null, JsonObject.of());
    Answer.Result shown = assertInstanceOf(Answer.Result.class, world.handle(request));
    assertEquals(1, tools(shown));
    world.hidden = true;
    assertEquals(0, tools(assertInstanceOf(Answer.Result.class, world.handle(request))));
    assertEquals(2, world.log.terminal().size());
  }

  @Test
  void aToolTheCallerCouldNotSeeDoesNotExistForItAndTheRecordSaysWhy() {
    world.hidden = true;
    world.decision =
        () ->
            new Decision.Deny(
                ReasonCode.CLASS_EXCEEDED, JsonArray.of(), JsonObject.of(), "r");
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, world.call());
    assertEquals(ReasonCode.TOOL_UNKNOWN, refused.refusal().reason());
    assertEquals("class-exceeded", onlyTerminal().body().string("reason"));
  }

  @Test
  void a16_theTokenStandsInNoRecord() {
    world.call();
    for (CallRecord record : world.log.records) {
      assertFalse(record.toString().contains("secret"), record::toString);
    }
  }

  private static int tools(Answer.Result result) {
    JsonArray tools = result.result().array("tools");
    return tools == null ? -1 : tools.values().size();
  }

  private CallRecord onlyTerminal() {
    assertEquals(1, world.log.terminal().size());
    return world.log.terminal().getFirst();
  }

  private static Identification stranger(boolean authenticated) {
    return new Identification.Unidentified(
        Refusal.of(ReasonCode.UNAUTHENTICATED, "x"), authenticated, JsonObject.of());
  }

  private static <T> T crash() {
    throw new IllegalStateException("planted");
  }

  private static Arguments row(String name, Consumer<GateWorld> change, ReasonCode reason) {
    return Arguments.of(name, change, reason);
  }
}
