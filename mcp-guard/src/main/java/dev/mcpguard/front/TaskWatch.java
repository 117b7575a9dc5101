package dev.mcpguard.front;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.TaskRequest;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells a subscriber of its tasks (SEP-2663, {@code notifications/tasks}) by asking for them in its
 * stead: each time a {@code tasks/get} through the whole gate, with a decision and records of its own,
 * by the credential the subscription was opened by. So what is told is what the caller could have
 * asked for at that moment, and a refusal ends it. Thread-safe; one virtual thread for each task.
 */
public final class TaskWatch {
  private static final String GET = "tasks/get";
  private static final Set<String> OVER = Set.of("completed", "failed", "cancelled");
  private static final long SHORTEST_MILLIS = 1_000;
  private static final long USUAL_MILLIS = 2_000;
  private static final long LONGEST_MILLIS = 60_000;

  private final Gate gate;
  private final DecisionIds ids;

  public TaskWatch(Gate gate, DecisionIds ids) {
    this.gate = gate;
    this.ids = ids;
  }

  /**
   * Watches every task of a subscription until it is over.
   *
   * @param subscriber the request that opened the subscription
   * @param meta {@code _meta} of that request
   * @param open whether the subscription still is open
   * @param told takes the parameters of one notification
   */
  public void watch(
      RequestFacts subscriber,
      JsonObject meta,
      Set<String> tasks,
      BooleanSupplier open,
      Consumer<JsonObject> told) {
    for (String task : tasks) {
      Thread.ofVirtual()
          .name("task-watch")
          .start(() -> follow(subscriber, new Wish(task, meta), open, told));
    }
  }

  private record Wish(String task, JsonObject meta) {}

  private void follow(
      RequestFacts subscriber, Wish wish, BooleanSupplier open, Consumer<JsonObject> told) {
    JsonObject last = JsonObject.of();
    while (open.getAsBoolean()) {
      TaskRequest asked =
          new TaskRequest(
              subscriber.as(ids.next(), GET), wish.task(), JsonObject.of(), wish.meta());
      if (!(gate.handle(asked, ReplyChannel.NONE) instanceof Answer.Result result)) {
        return;
      }
      JsonObject task = result.result().without("resultType");
      if (!task.equals(last) && open.getAsBoolean()) {
        told.accept(task);
      }
      last = task;
      if (OVER.contains(String.valueOf(task.string("status"))) || !slept(task)) {
        return;
      }
    }
  }

  private static boolean slept(JsonObject task) {
    Long stated =
        task.get("pollIntervalMs") instanceof JsonNumber number ? number.longValue() : null;
    long pause = stated == null ? USUAL_MILLIS : stated;
    try {
      Thread.sleep(Math.clamp(pause, SHORTEST_MILLIS, LONGEST_MILLIS));
      return true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
