package dev.mcpguard.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The straight line of the other primitives: what a step refuses never reaches a server. */
class PrimitiveGateTest {
  private static final JsonObject TEXT = object("uri", "file:///a", "text", "hello");

  private final GateWorld world = new GateWorld();

  private static JsonObject object(String... pairs) {
    JsonObject.Builder object = JsonObject.builder();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(pairs[i], pairs[i + 1]);
    }
    return object.build();
  }

  private static JsonObject params(String method) {
    return switch (method) {
      case "prompts/get" -> object("name", "greet");
      case "logging/setLevel" -> object("level", "debug");
      case "completion/complete" ->
          object().with("ref", object("type", "ref/prompt", "name", "greet"))
              .with("argument", object("name", "a", "value", ""));
      default -> object("uri", "file:///a");
    };
  }

  private PrimitiveCall request(String method, JsonObject params) {
    PrimitiveCall call =
        PrimitiveCall.of(world.facts(method), "files", params.with("_meta", world.meta));
    assertNotNull(call);
    return call;
  }

  private Answer ask(String method) {
    return world.handle(request(method, params(method)));
  }

  private Answer read() {
    world.outcome = () -> replied(object().with("contents", JsonArray.of(TEXT)));
    return ask("resources/read");
  }

  private static CallOutcome replied(JsonObject result) {
    return new CallOutcome.Replied(result, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resources/read", "resources/subscribe", "resources/unsubscribe", "prompts/get",
        "completion/complete", "logging/setLevel"
      })
  void everyMethodIsDecidedRecordedAndThenForwarded(String method) {
    world.outcome =
        () -> {
          assertEquals(RecordKind.ADMISSION, world.log.records.getLast().kind());
          return replied(object());
        };
    assertInstanceOf(Answer.Result.class, ask(method));
    assertEquals(1, world.forwarded.size());
    assertEquals(2, world.log.records.size());
    JsonObject action = world.asked.getFirst().object("action");
    assertNotNull(action);
    assertEquals(method, action.string("name"));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("a stranger", w -> w.identity = () -> new Identification.Unidentified(
            Refusal.of(ReasonCode.UNAUTHENTICATED, "x"), false, object()), ReasonCode.UNAUTHENTICATED),
        row("a foreign session",
            w -> w.session = new RequestFacts.SessionReference("s", GateWorld.principal("b").key()),
            ReasonCode.SESSION_UNKNOWN),
        row("a resource that is not served",
            w -> w.manifest = PrimitiveManifests.of("\"resources\": {\"file:*\": {\"served\": false}}"),
            ReasonCode.TOOL_UNKNOWN),
        row("a resource above the intent's class",
            w -> w.manifest = PrimitiveManifests.of("\"resources\": {\"file:*\": {\"class\": \"write\"}}"),
            ReasonCode.INTENT_EXCEEDED),
        row("no intent", w -> w.meta = object(), ReasonCode.INTENT_MISSING),
        row("an intent for other resources",
            w -> w.meta = object().with("dev.mcpguard/intent",
                object("purpose", "audit").with("resources", JsonArray.ofStrings(Stream.of("file:///b/").toList()))),
            ReasonCode.INTENT_EXCEEDED),
        row("a deny", w -> w.decision = () -> new Decision.Deny(
            ReasonCode.SCOPE_INSUFFICIENT, JsonArray.of(), object(), "r"), ReasonCode.SCOPE_INSUFFICIENT),
        row("an undefined decision", w -> w.decision = () -> new Decision.Indeterminate(
            ReasonCode.POLICY_UNDEFINED, "x", "r"), ReasonCode.POLICY_UNDEFINED),
        row("an unknown obligation", w -> w.decision = () -> GateWorld.permit(
            new Obligation("dance", object())), ReasonCode.OBLIGATION_UNFULFILLED),
        row("a full disk", w -> w.log.failAdmit = true, ReasonCode.AUDIT_UNAVAILABLE),
        row("a crash of policy", w -> w.decision = () -> {
          throw new IllegalStateException("x");
        }, ReasonCode.INTERNAL));
  }

  private static Arguments row(String name, Consumer<GateWorld> change, ReasonCode reason) {
    return Arguments.of(name, change, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatIsRefusedNeverReachesAServer(
      String name, Consumer<GateWorld> change, ReasonCode reason) {
    change.accept(world);
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, read());
    assertEquals(reason, refused.refusal().reason());
    assertEquals(0, world.forwarded.size());
    assertEquals(1, world.log.terminal().size());
  }

  @Test
  void aDeniedResourceThatCannotBeSeenLooksUnknown() {
    world.decision =
        () -> new Decision.Deny(ReasonCode.POLICY_DENIED, JsonArray.of(), object(), "r");
    world.hidden = true;
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, read());
    assertEquals(ReasonCode.TOOL_UNKNOWN, refused.refusal().reason());
  }

  @Test
  void retriesAreDecidedAnewWithTheirMembersUnchanged() {
    JsonObject retry =
        params("resources/read")
            .with("requestState", new dev.mcpguard.json.JsonString("opaque"))
            .with("inputResponses", object("k", "v"));
    world.handle(request("resources/read", retry));
    ClearedPrimitive sent =
        assertInstanceOf(ClearedPrimitive.class, world.forwarded.getFirst());
    assertEquals(object("uri", "file:///a"), sent.classified().params());
    assertEquals("opaque", sent.classified().call().params().string("requestState"));
    assertFalse(sent.meta().has("dev.mcpguard/intent"));
    assertEquals(1, world.asked.size());
  }

  @Test
  void roundsOfInputAreBounded() {
    world.outcome = () -> replied(object("resultType", "input_required", "requestState", "s"));
    for (int round = 0; round < 8; round++) {
      assertInstanceOf(Answer.Result.class, ask("prompts/get"));
    }
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, ask("prompts/get"));
    assertEquals(ReasonCode.BUDGET_SPENT, refused.refusal().reason());
    assertInstanceOf(Answer.Result.class, ask("prompts/get"));
  }

  @Test
  void theAggregateNamesTheServerOfEachResource() {
    world.route = new Route(null, "https://guard/mcp");
    Answer.Result result = assertInstanceOf(Answer.Result.class, read());
    JsonArray contents = result.result().array("contents");
    assertNotNull(contents);
    JsonValue first = contents.values().getFirst();
    assertTrue(first.equals(object("uri", "mcpguard:files:file:///a", "text", "hello")), first::toString);
  }
}
