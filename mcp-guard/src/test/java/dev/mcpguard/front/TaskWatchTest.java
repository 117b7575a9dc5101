package dev.mcpguard.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.TaskRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A subscriber hears what it could have asked for, until the task is over or it may ask no more. */
class TaskWatchTest {
  private static final RequestFacts SUBSCRIBER =
      new RequestFacts(
          "01J", "http", new Route("files", "https://guard/mcp/files"), Credential.bearer("secret"),
          ProtocolVersion.LATEST_MODERN, "subscriptions/listen", new JsonString("1"), Instant.EPOCH,
          10, "127.0.0.1", null, JsonObject.of(), JsonObject.of());

  private final List<GatedRequest> asked = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();

  private void watch(List<Answer> answers) {
    List<Answer> left = new ArrayList<>(answers);
    Gate gate =
        (request, channel) -> {
          asked.add(request);
          return left.removeFirst();
        };
    DecisionIds ids = new DecisionIds(InstantSource.system(), new Random(1));
    new TaskWatch(gate, ids)
        .watch(SUBSCRIBER, JsonObject.of(), Set.of("name"), () -> true, told::add);
  }

  private static Answer state(String status) {
    JsonObject task =
        JsonObject.builder()
            .put("resultType", "complete")
            .put("taskId", "name")
            .put("status", status)
            .put("pollIntervalMs", JsonNumber.of(1))
            .build();
    return new Answer.Result("d", task, FakeGate.principal("a"));
  }

  private static Answer refused() {
    return new Answer.Refused("d", Refusal.of(ReasonCode.AGENT_DISABLED, "x"), null);
  }

  private String next() throws InterruptedException {
    JsonObject task = told.poll(10, TimeUnit.SECONDS);
    return task == null ? "nothing" : task.string("status") + task.has("resultType");
  }

  @Test
  void b14_eachChangeIsToldOnceByRequestsOfItsOwnUntilTheTaskIsOver() throws Exception {
    watch(List.of(state("working"), state("working"), state("completed")));
    assertEquals("workingfalse", next());
    assertEquals("completedfalse", next());
    assertNull(told.poll(700, TimeUnit.MILLISECONDS));
    assertEquals(3, asked.size());
    TaskRequest request = assertInstanceOf(TaskRequest.class, asked.getFirst());
    assertEquals("tasks/get", request.facts().method());
    assertEquals("name", request.taskId());
    assertEquals(3, asked.stream().map(each -> each.facts().decisionId()).distinct().count());
  }

  @Test
  void a15_aRefusalEndsIt() throws Exception {
    watch(List.of(state("working"), refused(), state("completed")));
    assertEquals("workingfalse", next());
    assertNull(told.poll(2_500, TimeUnit.MILLISECONDS));
    assertEquals(2, asked.size());
  }
}
