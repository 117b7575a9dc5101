package dev.mcpguard.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.TasksExtension;
import dev.mcpguard.model.ToolLookup;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task belongs to who called, by the route it was called by, and is decided about each time. */
class TaskGateTest {
  private final GateWorld world = new GateWorld();

  @BeforeEach
  void on() {
    world.tasks = TaskBounds.OFF.switchedOn();
  }

  private String begun() {
    Answer.Result answer = assertInstanceOf(Answer.Result.class, world.begin());
    return String.valueOf(answer.result().string("taskId"));
  }

  private static Refusal refused(Answer answer) {
    return assertInstanceOf(Answer.Refused.class, answer).refusal();
  }

  private ClearedCall last() {
    return assertInstanceOf(ClearedCall.class, world.forwarded.getLast());
  }

  @Test
  void b14_theClientKnowsATaskByANameOfTheGuards() {
    String id = begun();
    assertEquals(32, id.length());
    assertNotEquals("server-task-1", id);
    assertNotEquals(id, begun());
    JsonObject outcome = world.log.records.get(1).body();
    assertEquals("task", outcome.string("outcome"));
    assertEquals("unknown", outcome.string("fate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  void b14_eachRequestIsDecidedUnderItsOwnNameAndHasRecordsOfItsOwn(String method) {
    String id = begun();
    world.asked.clear();
    world.log.records.clear();
    world.outcome =
        () -> new CallOutcome.Replied(GateWorld.task("server-task-1", "complete", "working"), 2);
    Answer.Result answer = assertInstanceOf(Answer.Result.class, world.ask(method, id));
    assertEquals(id, answer.result().string("taskId"));
    JsonObject question = world.asked.getFirst();
    JsonObject action = question.object("action");
    JsonObject context = question.object("context");
    assertTrue(action != null && context != null);
    assertEquals(method, action.string("name"));
    assertEquals(JsonObject.builder().put("text", "hi").build(), context.object("arguments"));
    assertEquals("server-task-1", serverId());
    assertEquals(
        List.of(RecordKind.ADMISSION, RecordKind.OUTCOME),
        world.log.records.stream().map(record -> record.kind()).toList());
    JsonObject asked = world.log.records.getFirst().body().object("asked");
    JsonObject task = asked == null ? null : asked.object("task");
    assertTrue(task != null);
    assertEquals("01J", task.string("call"));
    assertFalse(String.valueOf(task).contains(id));
  }

  private String serverId() {
    var task = last().classified().call().task();
    return task == null ? "" : task.serverId();
  }

  static Stream<Arguments> strangers() {
    return Stream.of(
        row("another principal", w -> w.identity =
            () -> new Identification.Identified(GateWorld.principal("b"))),
        row("another route", w -> w.route = new Route(null, "https://guard/mcp")),
        row("after its time", w -> w.now = GateWorld.NOW.plusSeconds(61)));
  }

  private static Arguments row(String name, Consumer<GateWorld> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strangers")
  void d4_foreignAndUnknownTasksLookAlikeAndReachNoServer(
      String name, Consumer<GateWorld> change) {
    String id = begun();
    change.accept(world);
    world.forwarded.clear();
    world.log.records.clear();
    for (String method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
      Refusal foreign = refused(world.ask(method, id));
      Refusal unknown = refused(world.ask(method, "A".repeat(32)));
      assertEquals(ReasonCode.PARAMS_INVALID, foreign.reason());
      assertEquals(unknown, foreign);
    }
    assertEquals(List.of(), world.forwarded);
    assertEquals(6, world.log.records.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "server-task-1", "x", "%00"})
  void d4_anAlteredOrTheServersOwnNameIsNoTask(String odd) {
    String id = begun();
    world.forwarded.clear();
    assertEquals(ReasonCode.PARAMS_INVALID, refused(world.ask("tasks/get", odd)).reason());
    assertEquals(ReasonCode.PARAMS_INVALID, refused(world.ask("tasks/get", id + odd + "=")).reason());
    assertEquals(List.of(), world.forwarded);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        changed("a revoked agent", w -> w.identity = () -> new Identification.Unidentified(
            Refusal.of(ReasonCode.AGENT_DISABLED, "x"), true, JsonObject.of()),
            ReasonCode.AGENT_DISABLED),
        changed("another policy", w -> w.decision = () -> new Decision.Deny(
            ReasonCode.POLICY_DENIED, JsonArray.of(), JsonObject.of(), "r2"),
            ReasonCode.POLICY_DENIED),
        changed("a changed tool", w -> w.lookup = () -> new ToolLookup.NotServed(
            Refusal.of(ReasonCode.TOOL_CHANGED, "x")), ReasonCode.TOOL_CHANGED));
  }

  private static Arguments changed(String name, Consumer<GateWorld> change, ReasonCode reason) {
    return Arguments.of(name, change, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void b12_whatChangedSinceTheCallRefusesItsTask(
      String name, Consumer<GateWorld> change, ReasonCode reason) {
    String id = begun();
    change.accept(world);
    world.forwarded.clear();
    world.log.records.clear();
    assertEquals(reason, refused(world.ask("tasks/get", id)).reason());
    assertEquals(List.of(), world.forwarded);
    assertEquals(1, world.log.records.size());
  }

  @Test
  void b12_whatThePermitOfTheCallDemandedIsOwedForItsTask() {
    Obligation owed = new Obligation("redact", JsonObject.of());
    world.decision = () -> GateWorld.permit(owed);
    String id = begun();
    world.decision = GateWorld::permit;
    assertInstanceOf(Answer.Result.class, world.ask("tasks/get", id));
    assertEquals(List.of(owed), last().obligations());
  }

  @Test
  void b1_aTaskIsOfTheIntentOfItsCall() {
    String id = begun();
    JsonObject other =
        world.takingTasks()
            .with("dev.mcpguard/intent", JsonObject.builder().put("purpose", "other").build());
    Answer answer =
        world.handle(new TaskRequest(world.facts("tasks/get"), id, JsonObject.of(), other));
    assertEquals(ReasonCode.INTENT_CONFLICT, refused(answer).reason());
    assertInstanceOf(Answer.Result.class, world.ask("tasks/get", id));
  }

  @Test
  void aClientThatDeclaresNoTasksIsToldWhatIsMissing() {
    String id = begun();
    Answer answer =
        world.handle(new TaskRequest(world.facts("tasks/get"), id, JsonObject.of(), world.meta));
    assertEquals(ReasonCode.CAPABILITY_MISSING, refused(answer).reason());
    assertTrue(refused(answer).data().has("requiredCapabilities"));
  }

  @Test
  void d6_tasksAreBoundedForEachPrincipalAndInTime() {
    world.tasks = new TaskBounds(true, 100, 2, Duration.ofSeconds(30));
    begun();
    begun();
    // the third is not offered to the server, which must not answer by a task
    assertEquals(ReasonCode.BUDGET_SPENT, refused(world.begin()).reason());
    assertFalse(TasksExtension.declared(last().meta()));
    world.now = GateWorld.NOW.plusSeconds(31);
    begun();
    assertTrue(TasksExtension.declared(last().meta()));
  }

  @Test
  void whereTheyAreOffNothingIsOfferedAndNoMethodExists() {
    world.tasks = TaskBounds.OFF;
    world.begin();
    assertFalse(TasksExtension.declared(last().meta()));
    world.forwarded.clear();
    assertEquals(ReasonCode.METHOD_UNKNOWN, refused(world.ask("tasks/get", "x")).reason());
    assertEquals(List.of(), world.forwarded);
  }

  @Test
  void b14_onlyWhoMayAskForATaskHearsOfIt() {
    String id = begun();
    Answer mine = world.handle(listen(id, world.takingTasks()));
    assertEquals(JsonArray.ofStrings(List.of(id)), honoured(mine));
    assertEquals(
        ReasonCode.CAPABILITY_MISSING, refused(world.handle(listen(id, world.meta))).reason());
    world.identity = () -> new Identification.Identified(GateWorld.principal("b"));
    assertEquals(JsonArray.of(), honoured(world.handle(listen(id, world.takingTasks()))));
  }

  private ListenRequest listen(String id, JsonObject meta) {
    return new ListenRequest(
        world.facts("subscriptions/listen"), List.of(), List.of(), List.of(id), meta);
  }

  private static JsonArray honoured(Answer answer) {
    JsonArray tasks = assertInstanceOf(Answer.Result.class, answer).result().array("tasks");
    return tasks == null ? JsonArray.of() : tasks;
  }
}
