package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.TasksExtension;
import java.util.List;

/** Released answers about tasks in the client's names: the guard's own for the task. Pure. */
final class TaskAnswer {
  private static final String ID = "taskId";
  private static final String RESULT = "result";

  private TaskAnswer() {}

  /** Whether a released answer says that the call goes on as a task. */
  static boolean begins(Release.Released released) {
    return !released.error() && TasksExtension.begins(released.result());
  }

  /** The answer with the task under its name at the client. */
  static Release.Released named(Release.Released released, String handle) {
    return released.error() || !released.result().has(ID)
        ? released
        : with(released, ID, new JsonString(handle));
  }

  /** The result of the call, which a completed task holds, as the route exposes it. */
  static Release.Released exposed(Release.Released released, Route route, String server) {
    JsonObject inner = released.error() ? null : released.result().object(RESULT);
    if (inner == null) {
      return released;
    }
    Release.Released shown =
        ExposedAnswer.of(new Release.Released(inner, false, List.of()), route, server);
    return with(released, RESULT, shown.result());
  }

  private static Release.Released with(
      Release.Released released, String member, JsonValue value) {
    return new Release.Released(
        released.result().with(member, value), false, released.redacted());
  }
}
