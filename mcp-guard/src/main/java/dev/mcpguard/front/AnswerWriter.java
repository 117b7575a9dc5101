package dev.mcpguard.front;

import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Puts answers of the gate into JSON-RPC and an HTTP status (protocol.md 2.4, 6.2). Stateless and
 * thread-safe.
 */
public final class AnswerWriter {
  private static final String[] MODERN_ONLY = {"resultType", "ttlMs", "cacheScope"};
  private static final int MISSING_CAPABILITY = -32021;
  private static final int METHOD_NOT_FOUND = -32601;

  private final RefusalWriter refusals;

  public AnswerWriter(DenialForm form) {
    refusals = new RefusalWriter(form);
  }

  /** The wire form of an answer. */
  public Rendered write(Answer answer, Rendering as) {
    return switch (answer) {
      case Answer.Result result -> result(result.result(), as);
      case Answer.ServerError error -> serverError(error.error(), as);
      case Answer.Refused refused -> refusals.write(refused, as);
    };
  }

  /**
   * The JSON-RPC message of an answer on a transport without statuses, or null if none is due: what
   * HTTP says by a status alone becomes an error.
   */
  public @Nullable JsonObject inBand(Answer answer, Rendering as) {
    JsonObject body = write(answer, as).body();
    boolean silent = as.notification() || isClientGone(answer);
    if (silent || body != null || !(answer instanceof Answer.Refused refused)) {
      return silent ? null : body;
    }
    return refusals.inBand(refused, as);
  }

  private static boolean isClientGone(Answer answer) {
    return answer instanceof Answer.Refused refused
        && refused.refusal().reason() == ReasonCode.CLIENT_GONE;
  }

  private static Rendered result(JsonObject result, Rendering as) {
    if (as.notification()) {
      return Rendered.bare(202, "result");
    }
    JsonObject shown = as.modern() ? result : result.without(MODERN_ONLY);
    return Rendered.message(200, envelope(as, "result", shown), "result");
  }

  private static Rendered serverError(JsonObject error, Rendering as) {
    if (as.notification()) {
      return Rendered.bare(202, "server-error");
    }
    Long code = error.get("code") instanceof JsonNumber number ? number.longValue() : null;
    int status = 200;
    if (as.modern() && code != null) {
      status = code == MISSING_CAPABILITY ? 400 : code == METHOD_NOT_FOUND ? 404 : 200;
    }
    return Rendered.message(status, envelope(as, "error", error), "server-error");
  }

  static JsonObject envelope(Rendering as, String member, JsonObject content) {
    JsonValue id = as.id();
    return JsonObject.builder()
        .put("jsonrpc", "2.0")
        .put("id", id == null ? JsonNull.NULL : id)
        .put(member, content)
        .build();
  }

  /** The refusal of a request that never reached the gate because all places are taken. */
  public static Rendered overloaded() {
    return Rendered.bare(503, ReasonCode.OVERLOADED.text());
  }
}
