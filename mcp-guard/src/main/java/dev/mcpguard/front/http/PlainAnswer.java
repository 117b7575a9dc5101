package dev.mcpguard.front.http;

import dev.mcpguard.front.Rendered;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Denial;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.util.Map;

/**
 * Answers of the gate in plain HTTP: a status that says what happened, and a JSON body with the same
 * members as an MCP denial. What leaves is no more than over MCP. Pure.
 */
final class PlainAnswer {
  private PlainAnswer() {}

  /**
   * The answer.
   *
   * @param status the status of the front's own refusal, or 0
   */
  static Rendered of(Answer answer, int status) {
    return switch (answer) {
      case Answer.Result result -> result(result);
      case Answer.ServerError error ->
          body(502, error("server-error", error.decisionId(), Fate.EXECUTED.text()));
      case Answer.Refused refused -> refused(refused, status);
    };
  }

  private static Rendered result(Answer.Result answer) {
    JsonObject result = answer.result();
    if (result.get("isError") == JsonBoolean.TRUE) {
      JsonObject declined =
          error("declined", answer.decisionId(), Fate.EXECUTED.text()).with("message", text(result));
      return body(409, declined);
    }
    JsonObject content = result.object("structuredContent");
    return new Rendered(200, content == null ? JsonObject.of() : content, null, "result");
  }

  private static JsonString text(JsonObject result) {
    JsonArray content = result.array("content");
    String said =
        content != null
                && !content.values().isEmpty()
                && content.values().getFirst() instanceof JsonObject block
            ? block.string("text")
            : null;
    return new JsonString(said == null ? "" : said);
  }

  private static Rendered refused(Answer.Refused refused, int status) {
    Refusal refusal = refused.refusal();
    ReasonCode reason = refusal.reason();
    Denial denial = reason.denial();
    if (denial == Denial.NONE) {
      return new Rendered(0, null, null, reason.text());
    }
    if (denial == Denial.CHALLENGE) {
      int challenge = reason == ReasonCode.SCOPE_INSUFFICIENT ? 403 : 401;
      return new Rendered(challenge, null, refusal, reason.text());
    }
    String told = denial == Denial.INTERNAL ? ReasonCode.INTERNAL.text() : reason.text();
    JsonObject body = error(told, refused.decisionId(), refusal.fate().text());
    for (Map.Entry<String, JsonValue> extra : refusal.data().members().entrySet()) {
      body = body.has(extra.getKey()) ? body : body.with(extra.getKey(), extra.getValue());
    }
    return new Rendered(
            status != 0 ? status : status(reason),
            JsonObject.of().with("error", body),
            null,
            reason.text())
        .withRetryAfter(refusal);
  }

  private static int status(ReasonCode reason) {
    return switch (reason.denial()) {
      case TOOL_RESULT -> 422;
      case INVALID_PARAMS -> reason == ReasonCode.TOOL_UNKNOWN ? 404 : 400;
      case POLICY_DENIED, INTENT_REQUIRED, INTENT_EXCEEDED, APPROVAL_PENDING, APPROVAL_REFUSED,
          GRANT_INVALID, TOOL_UNAVAILABLE -> 403;
      case RATE_LIMITED, BUDGET_SPENT -> 429;
      case DOWNSTREAM_FAILED, NOT_BRIDGEABLE, RESPONSE_WITHHELD -> 502;
      case NONE, CHALLENGE, HTTP_400, HTTP_403, HTTP_404, HTTP_413, HTTP_503, PARSE_ERROR,
          INVALID_REQUEST, METHOD_NOT_FOUND, HEADER_MISMATCH, CAPABILITY_REQUIRED, UNSUPPORTED_VERSION,
          INTERNAL ->
          reason.denial().httpStatus();
    };
  }

  private static JsonObject error(String reason, String decision, String outcome) {
    return JsonObject.builder()
        .put("reason", reason)
        .put("decisionId", decision)
        .put("outcome", outcome)
        .build();
  }

  private static Rendered body(int status, JsonObject error) {
    return new Rendered(
        status, JsonObject.of().with("error", error), null, String.valueOf(error.string("reason")));
  }
}
