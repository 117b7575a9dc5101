package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.TasksExtension;
import java.util.function.Supplier;

/** What a modern server's errors mean to a client of an older revision (protocol.md 4). */
public final class CrossEra {
  private static final long INVALID_PARAMS = -32602;
  private static final long RESOURCE_MISSING = -32002;
  private static final long VERSION_UNSUPPORTED = -32022;

  private CrossEra() {}

  /** The outcome of a request that was sent in the modern way, in the words of its client's era. */
  public static CallOutcome told(ServerRequest request, CallOutcome outcome) {
    boolean missing =
        !request.caller().version().modern()
            && request.method().equals("resources/read")
            && has(outcome, INVALID_PARAMS);
    // the guard checked the other parameters: what a server finds wrong is the resource
    return missing && outcome instanceof CallOutcome.ServerError error
        ? new CallOutcome.ServerError(
            error.error().with("code", JsonNumber.of(RESOURCE_MISSING)), error.bytes())
        : outcome;
  }

  /**
   * A request to a server with sessions, which knows no tasks: the extension is of MCP 2026-07-28,
   * and the experimental tasks of 2025-11-25 are not mediated (protocol.md 3).
   */
  public static CallOutcome withSession(ServerRequest request, Supplier<CallOutcome> sending) {
    if (request.method().startsWith("tasks/")) {
      return Failures.notSent(
          ReasonCode.NOT_BRIDGEABLE, "the server's revision has no such tasks");
    }
    CallOutcome outcome = sending.get();
    return outcome instanceof CallOutcome.Replied replied
            && TasksExtension.begins(replied.result())
        ? new CallOutcome.Failed(
            ReasonCode.DOWNSTREAM_INVALID, Fate.EXECUTED, "a task in a revision that has none")
        : outcome;
  }

  /** Whether the server says that it does not speak the revision: the request did not run. */
  public static boolean unspoken(CallOutcome outcome) {
    return has(outcome, VERSION_UNSUPPORTED);
  }

  private static boolean has(CallOutcome outcome, long code) {
    return outcome instanceof CallOutcome.ServerError error
        && error.error().get("code") instanceof JsonNumber number
        && number.longValue() != null
        && number.longValue() == code;
  }
}
