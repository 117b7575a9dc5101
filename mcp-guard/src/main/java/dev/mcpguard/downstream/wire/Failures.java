package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallOutcome.Failed;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The ways a call fails on the way to a server and back, each with its truthful fate. */
public final class Failures {
  private Failures() {}

  /** INVARIANT: used only where not a byte of the request left the guard. */
  public static Failed notSent(ReasonCode reason, String detail) {
    return new Failed(reason, Fate.NOT_FORWARDED, detail);
  }

  /** Why a retry makes no sense at a server that gives no state; null if the request has none. */
  public static @Nullable Failed strayState(JsonObject params) {
    // the same as for a state of the guard that is not good: whose it is cannot be told
    return params.has("requestState")
        ? notSent(ReasonCode.PARAMS_INVALID, "no state of this server: it gives none")
        : null;
  }

  /** The server could not be reached, and nothing was sent. */
  public static Failed unreachable(String detail) {
    return notSent(ReasonCode.DOWNSTREAM_UNREACHABLE, detail);
  }

  /** The connection or child ended after the request was sent. */
  public static Failed lost(String detail) {
    return new Failed(ReasonCode.DOWNSTREAM_UNREACHABLE, Fate.UNKNOWN, detail);
  }

  /** The server said something that is no valid answer. */
  public static Failed invalid(String detail) {
    return new Failed(ReasonCode.DOWNSTREAM_INVALID, Fate.UNKNOWN, detail);
  }

  /** No answer in time. */
  public static Failed late(boolean sent) {
    return new Failed(
        ReasonCode.DOWNSTREAM_TIMEOUT,
        sent ? Fate.UNKNOWN : Fate.NOT_FORWARDED,
        sent ? "no answer before the deadline" : "the deadline passed before the call was sent");
  }

  /** The client cancelled or left. */
  public static Failed abandoned(boolean sent) {
    return new Failed(
        ReasonCode.CLIENT_GONE,
        sent ? Fate.UNKNOWN : Fate.NOT_FORWARDED,
        sent ? "the client left while the call ran" : "the client left before the call was sent");
  }
}
