package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.downstream.wire.ServerMessage;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.model.CallOutcome;
import org.jspecify.annotations.Nullable;

/** From what HTTP brought to the outcome of a call. */
final class HttpVerdict {
  private HttpVerdict() {}

  static CallOutcome outcome(HttpReply reply) {
    return switch (reply) {
      case HttpReply.Answered answered -> outcome(answered.response());
      case HttpReply.NoAnswer none -> none.failure();
      case HttpReply.Turned turned -> turned(turned);
    };
  }

  private static CallOutcome outcome(ServerMessage.Response response) {
    if (response.result() != null) {
      return new CallOutcome.Replied(response.result(), response.bytes());
    }
    return response.error() != null
        ? new CallOutcome.ServerError(response.error(), response.bytes())
        : Failures.invalid("the answer is empty");
  }

  private static CallOutcome turned(HttpReply.Turned turned) {
    ServerMessage.Response response = turned.response();
    int status = turned.head().status();
    boolean readable = status == 400 || status == 404;
    if (readable && response != null && response.error() != null) {
      return outcome(response);
    }
    String detail = "the server answered with http status " + status;
    if (status >= 300 && status < 400) {
      return Failures.invalid(detail + ": redirects are not followed");
    }
    return status >= 500 || status == 401 || status == 403 || status == 429
        ? Failures.lost(detail)
        : Failures.invalid(detail);
  }

  /** The code of an error, or null if the reply holds none. */
  static @Nullable Long errorCode(HttpReply reply) {
    ServerMessage.Response response =
        switch (reply) {
          case HttpReply.Answered answered -> answered.response();
          case HttpReply.Turned turned -> turned.response();
          case HttpReply.NoAnswer none -> null;
        };
    return response != null
            && response.error() != null
            && response.error().get("code") instanceof JsonNumber code
        ? code.longValue()
        : null;
  }
}
