package dev.mcpguard.front.legacy;

import dev.mcpguard.front.CancellableReply;
import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallerPlaces;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bridges a client of the revisions with sessions to a server of MCP 2026-07-28 that answers {@code
 * input_required}: each input request becomes a request to the client on the stream of its call, and
 * the call is made again with the answers.
 *
 * <p>INVARIANT: a repeated call is a new request with a decision id of its own, and passes the whole
 * gate like any other; nothing of an earlier permit is kept. Thread-safe; blocking.
 */
public final class InputRounds {
  /** A server that asks more often than this holds its client in a circle (protocol.md 4). */
  static final int MOST_ROUNDS = 8;

  private static final int MOST_QUESTIONS = 16;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final JsonString ASKS = new JsonString("input_required");

  private final Gate gate;
  private final DecisionIds ids;
  private final InstantSource clock;
  private final CallerPlaces places;

  /**
   * @param places where a call that waits for its client takes a place: who never answers waits in
   *     nobody's place but its own
   */
  public InputRounds(Gate gate, DecisionIds ids, InstantSource clock, CallerPlaces places) {
    this.gate = gate;
    this.ids = ids;
    this.clock = clock;
    this.places = places;
  }

  /** Carries {@code request} through the gate, as often as the server needs input. */
  public Answer handle(GatedRequest request, CancellableReply reply) {
    Answer answer = gate.handle(request, reply);
    Instant end = clock.instant().plus(LONGEST);
    GatedRequest again = request;
    for (int round = 1; !request.facts().version().modern(); round++) {
      JsonObject wanted = wanted(answer);
      if (wanted == null || !(answer instanceof Answer.Result waiting)) {
        return answer;
      }
      if (round > MOST_ROUNDS) {
        return refuse(request, ReasonCode.BUDGET_SPENT, "the call asked for input too many times");
      }
      PrincipalKey caller = waiting.principal().key();
      if (!places.beginWait(caller)) {
        return refuse(request, ReasonCode.RATE_LIMITED, "too many of the caller's requests run");
      }
      Round asked;
      try {
        asked = ask(wanted, request.facts(), reply, end);
      } finally {
        places.endWait(caller);
      }
      if (asked instanceof Round.Unanswered(ReasonCode reason, String detail)) {
        return refuse(request, reason, detail);
      }
      if (asked instanceof Round.Answers(JsonObject responses)) {
        again = repeated(request, responses, wanted.string("requestState"));
        answer = gate.handle(again, reply);
      }
    }
    return answer;
  }

  /** What came of one round of questions. */
  private sealed interface Round {
    /** Every question has its answer, under the same keys. */
    record Answers(JsonObject responses) implements Round {}

    /** One has none. */
    record Unanswered(ReasonCode reason, String detail) implements Round {}
  }

  private static @Nullable JsonObject wanted(Answer answer) {
    return answer instanceof Answer.Result result
            && ASKS.equals(result.result().get("resultType"))
        ? result.result()
        : null;
  }

  private Round ask(JsonObject wanted, RequestFacts facts, CancellableReply reply, Instant end) {
    JsonObject stated = wanted.object("inputRequests");
    Map<String, JsonValue> requests = stated == null ? Map.of() : stated.members();
    if (requests.size() > MOST_QUESTIONS) {
      return unanswered("the server asks more than " + MOST_QUESTIONS + " questions at once");
    }
    JsonObject.Builder responses = JsonObject.builder();
    for (Map.Entry<String, JsonValue> entry : requests.entrySet()) {
      InputQuestion question =
          entry.getValue() instanceof JsonObject request
              ? InputQuestion.of(request, facts.version(), ids.next())
              : null;
      if (question == null) {
        return unanswered("the server asks what this revision cannot ask");
      }
      Duration left = Duration.between(clock.instant(), end);
      JsonObject said =
          left.isPositive() ? reply.ask(question.method(), question.params(), left) : null;
      JsonObject result = said == null ? null : said.object("result");
      if (reply.cancelled()) {
        return new Round.Unanswered(
            ReasonCode.CLIENT_GONE, "the client left while it was asked for input");
      }
      if (result == null) {
        return unanswered(
            said == null
                ? "the client cannot be asked or gave no answer in time"
                : "the client answered a question of the server with an error");
      }
      responses.put(entry.getKey(), result);
    }
    return new Round.Answers(responses.build());
  }

  private static Round unanswered(String detail) {
    return new Round.Unanswered(ReasonCode.NOT_BRIDGEABLE, detail);
  }

  /** The same request with what the client said; its digest is that of the first one. */
  private GatedRequest repeated(
      GatedRequest request, JsonObject responses, @Nullable String state) {
    RequestFacts facts = request.facts().as(ids.next());
    JsonObject.Builder extra = JsonObject.builder();
    if (!responses.members().isEmpty()) {
      extra.put("inputResponses", responses);
    }
    JsonObject carried =
        state == null ? extra.build() : extra.put("requestState", state).build();
    if (request instanceof ToolCall call) {
      return new ToolCall(
          facts, call.server(), call.tool(), call.arguments(), call.meta(), carried);
    }
    if (request instanceof PrimitiveCall call) {
      JsonObject params = call.params();
      for (Map.Entry<String, JsonValue> member : carried.members().entrySet()) {
        params = params.with(member.getKey(), member.getValue());
      }
      return new PrimitiveCall(facts, call.server(), call.target(), params);
    }
    throw new IllegalStateException("the gate released a demand for input where none may be");
  }

  /** INVARIANT: an earlier round reached the server, so the client is not told that none did. */
  private Answer refuse(GatedRequest request, ReasonCode reason, String detail) {
    Refusal refusal =
        Refusal.after(reason, Fate.UNKNOWN, detail)
            .withData(JsonObject.builder().put("feature", "input").build());
    Misread misread = new Misread(request.facts().as(ids.next()), refusal);
    return gate.handle(misread, CancellableReply.NONE);
  }
}
