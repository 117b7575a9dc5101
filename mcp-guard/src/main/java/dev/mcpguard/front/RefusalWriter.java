package dev.mcpguard.front;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Denial;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;

/** Refusals on the wire. Messages are fixed texts; nothing of the caller's or a rule's is echoed. */
final class RefusalWriter {
  private static final int RESOURCE_NOT_FOUND = -32002;

  private final DenialForm form;

  RefusalWriter(DenialForm form) {
    this.form = form;
  }

  Rendered write(Answer.Refused refused, Rendering as) {
    Refusal refusal = refused.refusal();
    String outcome = refusal.reason().text();
    Denial denial = denial(refusal);
    return switch (denial) {
      case NONE -> Rendered.bare(0, outcome);
      case CHALLENGE ->
          new Rendered(
              refusal.reason() == ReasonCode.SCOPE_INSUFFICIENT ? 403 : 401,
              null,
              refusal,
              outcome);
      case HTTP_403, HTTP_404, HTTP_413, HTTP_503 -> Rendered.bare(denial.httpStatus(), outcome);
      case HTTP_400, PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS,
          HEADER_MISMATCH, CAPABILITY_REQUIRED, UNSUPPORTED_VERSION, TOOL_RESULT, POLICY_DENIED, INTENT_REQUIRED,
          INTENT_EXCEEDED, APPROVAL_PENDING, APPROVAL_REFUSED, TOOL_UNAVAILABLE, GRANT_INVALID,
          RATE_LIMITED, BUDGET_SPENT, DOWNSTREAM_FAILED, NOT_BRIDGEABLE, RESPONSE_WITHHELD,
          INTERNAL ->
          Rendered.message(status(denial, as), body(refused, denial, as), outcome)
              .withRetryAfter(refusal);
    };
  }

  /** A refusal that HTTP would tell by its status alone, as a JSON-RPC error. */
  JsonObject inBand(Answer.Refused refused, Rendering as) {
    ReasonCode reason = refused.refusal().reason();
    Denial coarse = Denial.INVALID_REQUEST;
    if (reason == ReasonCode.UNAUTHENTICATED || reason == ReasonCode.SCOPE_INSUFFICIENT) {
      coarse = Denial.POLICY_DENIED;
    } else if (reason == ReasonCode.OVERLOADED) {
      coarse = Denial.RATE_LIMITED;
    }
    return body(refused, coarse, as);
  }

  /** A failure of the guard itself after the call was sent withholds a result: it has no 503. */
  private static Denial denial(Refusal refusal) {
    Denial denial = refusal.reason().denial();
    return denial == Denial.INTERNAL && refusal.fate() != Fate.NOT_FORWARDED
        ? Denial.RESPONSE_WITHHELD
        : denial;
  }

  private static int status(Denial denial, Rendering as) {
    int status = as.status() != 0 ? as.status() : denial.httpStatus();
    if (as.notification()) {
      return status == 200 ? 400 : status;
    }
    // a legacy client reads 404 as the loss of its session
    return !as.modern() && denial == Denial.METHOD_NOT_FOUND ? 200 : status;
  }

  private JsonObject body(Answer.Refused refused, Denial denial, Rendering as) {
    ReasonCode reason = refused.refusal().reason();
    boolean call = as.method().equals(Method.TOOLS_CALL.text()) && !as.notification();
    return call && form.isResult(reason, denial.code())
        ? toolResult(refused, denial, as)
        : AnswerWriter.envelope(as, "error", error(refused, denial, as));
  }

  private static JsonObject error(Answer.Refused refused, Denial denial, Rendering as) {
    int code = denial == Denial.HTTP_400 ? Denial.INVALID_REQUEST.code() : denial.code();
    boolean missingResource =
        refused.refusal().reason() == ReasonCode.TOOL_UNKNOWN
            && as.method().startsWith("resources/")
            && !as.modern();
    return JsonObject.builder()
        .put("code", missingResource ? RESOURCE_NOT_FOUND : code)
        .put("message", denial.message())
        .put("data", data(refused, denial))
        .build();
  }

  private static JsonObject toolResult(Answer.Refused refused, Denial denial, Rendering as) {
    String advice =
        refused.refusal().reason() == ReasonCode.INTENT_MISSING
            ? "state `guard_purpose` and call again"
            : denial.message();
    JsonObject text =
        JsonObject.builder().put("type", "text").put("text", "refused: " + advice).build();
    JsonObject.Builder result = JsonObject.builder();
    if (as.modern()) {
      result.put("resultType", "complete");
    }
    result
        .put("isError", true)
        .put("content", JsonArray.of(text))
        .put(
            "_meta",
            JsonObject.builder().put("dev.mcpguard/denial", data(refused, denial)).build());
    return AnswerWriter.envelope(as, "result", result.build());
  }

  private static JsonObject data(Answer.Refused refused, Denial denial) {
    Refusal refusal = refused.refusal();
    if (denial == Denial.INTERNAL) {
      return JsonObject.builder().put("decisionId", refused.decisionId()).build();
    }
    JsonObject.Builder data =
        JsonObject.builder()
            .put("reason", refusal.reason().text())
            .put("decisionId", refused.decisionId())
            .put("outcome", refusal.fate().text())
            .put("retry", refusal.retry());
    // INVARIANT: extra members never replace the four that every denial has
    JsonObject extra = refusal.data().without("reason", "decisionId", "outcome", "retry");
    extra.members().forEach(data::put);
    return data.build();
  }
}
