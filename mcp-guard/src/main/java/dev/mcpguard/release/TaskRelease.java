package dev.mcpguard.release;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedRequest;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.TaskReference;
import dev.mcpguard.model.TasksExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may leave of a task (SEP-2663): of its result what might have left had the call been answered
 * by it, redacted as the call was permitted; of its error what might have left of a server's error.
 * One use.
 */
final class TaskRelease {
  private static final String TOOL_CALL = "tools/call";
  private static final String COMPLETE = "complete";
  private static final long INVALID_PARAMS = -32602;

  private final ReleaseFilter filter;
  private final ClearedRequest call;

  TaskRelease(ReleaseFilter filter, ClearedRequest call) {
    this.filter = filter;
    this.call = call;
  }

  /** The task a request is about, or null. */
  static @Nullable TaskReference task(ClearedRequest request) {
    return request instanceof ClearedCall call ? call.classified().call().task() : null;
  }

  /** Whether this is a task that the client was ready for. */
  static boolean offered(ClearedRequest request, JsonObject result) {
    return request instanceof ClearedCall
        && TasksExtension.begins(result)
        && TasksExtension.declared(request.meta());
  }

  /** Whether an error says that the server has no such task, or no more. */
  static boolean unknown(ClearedRequest request, JsonObject error) {
    return task(request) != null
        && error.get("code") instanceof JsonNumber number
        && number.longValue() != null
        && number.longValue() == INVALID_PARAMS;
  }

  /** The refusal of such a task: a server's own words would hold its own id. */
  static Release forgotten() {
    return new Release.Withheld(
        Refusal.after(
            ReasonCode.PARAMS_INVALID, Fate.EXECUTED, "the server knows no such task any more"));
  }

  /**
   * Releases an answer.
   *
   * @param task what the request was about, or null for a call that is answered by a task
   */
  Release release(@Nullable TaskReference task, JsonObject result) {
    List<RedactionPath> paths = filter.demanded(call);
    if (paths == null) {
      return ReleaseFilter.withheld("a redaction cannot be read");
    }
    // a server's prose may hold what has to be redacted
    boolean prose = paths.isEmpty();
    if (task == null) {
      String flaw = TaskShape.flaw(result);
      return flaw == null ? released(TaskShape.told(result, "task", prose)) : invalid(flaw);
    }
    if (!call.facts().method().equals("tasks/get")) {
      return result.has("resultType") && !COMPLETE.equals(result.string("resultType"))
          ? invalid("the result has an unknown type")
          : released(JsonObject.builder().put("resultType", COMPLETE).build());
    }
    String flaw = TaskShape.flaw(result, task.serverId(), ReleaseFilter.capabilities(call));
    return flaw == null
        ? detailed(result, TaskShape.told(result, COMPLETE, prose))
        : invalid(flaw);
  }

  private Release detailed(JsonObject task, JsonObject told) {
    return switch (TaskShape.status(task)) {
      case "completed" -> completed(told, orEmpty(task, "result"));
      case "failed" -> with(told, "error", filter.error(call, orEmpty(task, "error")));
      case "input_required" ->
          released(told.with("inputRequests", orEmpty(task, "inputRequests")));
      default -> released(told);
    };
  }

  private Release completed(JsonObject told, JsonObject result) {
    JsonValue type = result.get("resultType");
    return type == null || type.equals(new JsonString(COMPLETE))
        ? with(
            told,
            "result",
            filter.result(call, TOOL_CALL, result, ReleaseFilter.withoutForgeries(result)))
        : invalid("the result of the task has an unknown type");
  }

  private static Release with(JsonObject told, String member, Release payload) {
    return switch (payload) {
      case Release.Withheld withheld -> withheld;
      case Release.Released released ->
          new Release.Released(
              told.with(member, released.result()),
              false,
              released.redacted().stream().map(at -> "/" + member + at).toList());
    };
  }

  private static JsonObject orEmpty(JsonObject task, String member) {
    JsonObject object = task.object(member);
    return object == null ? JsonObject.of() : object;
  }

  private static Release released(JsonObject told) {
    return new Release.Released(told, false, List.of());
  }

  private static Release invalid(String flaw) {
    return ReleaseFilter.refused(ReasonCode.DOWNSTREAM_INVALID, flaw);
  }
}
