package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.TaskReference;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.TasksExtension;
import dev.mcpguard.model.ToolCall;

/**
 * From a request about a task to the call the task came of, with the arguments and the intent of
 * that call: so policy is asked again about exactly what it permitted, and a revoked agent, a changed
 * tool or another policy refuses. Stateless.
 */
final class TaskRecall {
  private TaskRecall() {}

  /** Outcome of the recall. */
  sealed interface Recall {}

  /** The call, under the method of the request. */
  record Recalled(ToolCall call) implements Recall {}

  /** No task of this caller's, or none that it can ask for. */
  record Unknown(Refusal refusal) implements Recall {}

  static Recall of(TaskRequest request, Principal caller, OpenTasks tasks) {
    if (!tasks.on()) {
      return unknown(ReasonCode.METHOD_UNKNOWN, "the tasks extension is off");
    }
    if (!TasksExtension.declared(request.meta())) {
      return new Unknown(undeclared());
    }
    OpenTasks.Open task =
        tasks.find(request.taskId(), caller.key(), request.facts().route().path());
    if (task == null) {
      return unknown(ReasonCode.PARAMS_INVALID, "no task of this caller on this route");
    }
    JsonValue declared = request.meta().get(ToolCall.DECLARED_INTENT);
    if (declared != null && !declared.equals(task.intent())) {
      return unknown(
          ReasonCode.INTENT_CONFLICT, "the task is of a call that declared another intent");
    }
    JsonObject meta = request.meta().without(ToolCall.DECLARED_INTENT);
    return new Recalled(
        new ToolCall(
            request.facts(),
            task.server(),
            task.tool(),
            task.arguments(),
            task.intent() == null ? meta : meta.with(ToolCall.DECLARED_INTENT, task.intent()),
            request.responses(),
            task.reference()));
  }

  /** The refusal of a client that does not declare the extension. */
  static Refusal undeclared() {
    return Refusal.of(ReasonCode.CAPABILITY_MISSING, "the request declares no tasks")
        .withData(JsonObject.of().with("requiredCapabilities", TasksExtension.announced(JsonObject.of())));
  }

  /** {@code _meta} to forward: the extension goes on only where an answer by a task can be kept. */
  static JsonObject offered(ClassifiedCall call, OpenTasks tasks) {
    boolean kept =
        tasks.on()
            && TasksExtension.declared(call.meta())
            && call.call().facts().version().modern()
            && (call.call().task() != null || tasks.room(call.principal().key()));
    return kept ? call.meta() : TasksExtension.withdrawn(call.meta());
  }

  /** A released answer that begins no task, in the client's names. */
  static Release.Released told(Release.Released released, ClearedCall call, OpenTasks tasks) {
    String server = call.classified().tool().server();
    TaskReference task = call.classified().call().task();
    if (task == null) {
      return ExposedAnswer.of(released, call.facts().route(), server);
    }
    if (!released.error() && released.result().has("ttlMs")) {
      tasks.seen(task.handle(), released.result());
    }
    return TaskAnswer.exposed(
        TaskAnswer.named(released, task.handle()), call.facts().route(), server);
  }

  private static Unknown unknown(ReasonCode reason, String detail) {
    return new Unknown(Refusal.of(reason, detail));
  }
}
