package dev.mcpguard.replay;

import dev.mcpguard.audit.PayloadWalk;
import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.gate.Rehearsal;
import dev.mcpguard.identity.AgentRegister;
import dev.mcpguard.identity.AgentStanding;
import dev.mcpguard.intent.IntentArguments;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.policy.CompiledPolicies;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One record heard again, step by step in the order of the gate. */
final class SecondHearing {
  private static final JsonLimits LIMITS = JsonLimits.message().withBytes(64 << 20);

  /** Refusals of the guard's own condition at that moment, which no record can repeat. */
  private static final Set<String> CONDITIONS =
      Set.of(
          ReasonCode.INTERNAL.text(), ReasonCode.AUDIT_UNAVAILABLE.text(),
          ReasonCode.RECORD_TOO_LARGE.text(), ReasonCode.OVERLOADED.text(),
          ReasonCode.CLIENT_GONE.text());

  private final RecordedCall call;
  private final EvidenceShelf shelf;
  private final ReplaySteps steps;
  private final ReplaySteps.Candidate candidate;
  private final PayloadWalk payloads;
  private final @Nullable String reason;

  SecondHearing(
      RecordedCall call,
      EvidenceShelf shelf,
      ReplaySteps steps,
      ReplaySteps.Candidate candidate,
      PayloadWalk payloads) {
    this.call = call;
    this.shelf = shelf;
    this.steps = steps;
    this.candidate = candidate;
    this.payloads = payloads;
    this.reason = call.record().string("reason");
  }

  Replayed hear() throws IOException {
    if (call.record().has("shortened")) {
      return outOfReach("record-too-large");
    }
    return call.object("principal").has("issuer") ? identify(call.key()) : outOfReach("credential");
  }

  private Replayed identify(PrincipalKey key) throws IOException {
    AgentRegister register = shelf.agents(instance(), call.record().string("agents_revision"));
    JsonObject claims = call.object("principal").object("claims");
    if (register == null || claims == null) {
      return notReplayable("evidence-missing");
    }
    String agent = call.text("principal", "agent");
    AgentStanding standing = AgentStanding.of(register, key, claims, call.written());
    if (agent != null && standing instanceof AgentStanding.Refused) {
      // the day may have ended between the two readings of the clock
      standing = AgentStanding.of(register, key, claims, call.begun());
    }
    return switch (standing) {
      case AgentStanding.Refused(ReasonCode now, String detail) ->
          compare(refusedAsRecorded(true), Verdict.refused(now.text(), detail));
      case AgentStanding.Registered registered ->
          registered.agent().id().equals(agent)
              ? lookUp(registered)
              : compare(refusedAsRecorded(true), known(registered.agent().id()));
    };
  }

  private static JsonObject known(String agent) {
    return JsonObject.builder().put("result", "identified").put("agent", agent).build();
  }

  private Replayed lookUp(AgentStanding.Registered caller) throws IOException {
    if (ReasonCode.SESSION_UNKNOWN.text().equals(reason)) {
      return outOfReach("session");
    }
    if (!call.object("asked").has("tool")) {
      return call.object("asked").has("server") ? primitive() : outOfReach("message");
    }
    return switch (new SecondLookup(call, shelf, steps, candidate).find()) {
      case SecondLookup.Lost(String cause) -> notReplayable(cause);
      case SecondLookup.Unknowable(String cause) -> outOfReach(cause);
      case SecondLookup.Refused(String now) ->
          compare(refusedAsRecorded(false), Verdict.refused(now, null));
      case SecondLookup.Served(ServedTool tool) -> served(caller, tool);
    };
  }

  /** Prompts, resources and completions: policy's answer to the recorded question. */
  private Replayed primitive() throws IOException {
    JsonObject input = call.record().object("input");
    JsonObject context = call.object("input").object("context");
    if (input == null || context == null) {
      return outOfReach("primitive");
    }
    return withArguments(
        arguments ->
            decide(
                new AuthorizationRequest(
                    input.with("context", context.with("arguments", arguments)))));
  }

  private Replayed served(AgentStanding.Registered caller, ServedTool tool) throws IOException {
    if (!call.record().has("tool")) {
      return CONDITIONS.contains(String.valueOf(reason))
          ? outOfReach("condition")
          : compare(
              refusedAsRecorded(false), JsonObject.builder().put("result", "served").build());
    }
    return withArguments(arguments -> declare(caller, tool, arguments));
  }

  /** What is done with the arguments once they are at hand. */
  @FunctionalInterface
  private interface WithArguments {
    Replayed then(JsonObject arguments) throws IOException;
  }

  private Replayed withArguments(WithArguments next) throws IOException {
    if (call.record().has("arguments_kept_digest")) {
      return notReplayable("redacted");
    }
    return switch (payloads.read(call.entry(), call.record(), "arguments")) {
      case PayloadReading.Erased erased -> notReplayable("erased");
      case PayloadReading.Absent absent -> notReplayable("payload-missing");
      case PayloadReading.Unreadable unreadable -> notReplayable("payload-unreadable");
      case PayloadReading.Present(byte[] arguments) -> {
        JsonObject parsed = parsed(arguments);
        yield parsed == null ? notReplayable("payload-unreadable") : next.then(parsed);
      }
    };
  }

  private static @Nullable JsonObject parsed(byte[] arguments) {
    try {
      return StrictJson.parseObject(arguments, LIMITS);
    } catch (MalformedJsonException damaged) {
      return null;
    }
  }

  private Replayed declare(
      AgentStanding.Registered caller, ServedTool tool, JsonObject judged) throws IOException {
    boolean named = judged.has(IntentArguments.PURPOSE) || judged.has(IntentArguments.TASK);
    if (!named || !call.record().has("input")) {
      Replayed flat = declare(steps.rehearsal(), caller, tool, judged);
      if (!named || !(flat instanceof Replayed.Different)) {
        return flat;
      }
    }
    // carriers are taken out of what is judged: arguments of their names were the tool's own
    return declare(steps.withoutFlatIntent(), caller, tool, judged);
  }

  private Replayed declare(
      Rehearsal rehearsal, AgentStanding.Registered caller, ServedTool tool, JsonObject judged)
      throws IOException {
    Instant now = call.decided();
    return switch (rehearsal.rehearse(call.call(judged, caller), tool, now)) {
      case Rehearsal.Refused(Refusal refusal) ->
          compare(
              refusedAsRecorded(true),
              Verdict.refused(refusal.reason().text(), refusal.detail()));
      case Rehearsal.Question(AuthorizationRequest question) -> decide(question);
    };
  }

  private Replayed decide(AuthorizationRequest again) throws IOException {
    JsonObject input = call.record().object("input");
    JsonObject decision = call.record().object("decision");
    boolean asked = input != null && decision != null;
    if (!asked && CONDITIONS.contains(String.valueOf(reason))) {
      return outOfReach("condition");
    }
    CompiledPolicies policy =
        candidate.policy() != null
            ? candidate.policy()
            : shelf.policy(instance(), revision(decision));
    if (policy == null) {
      return notReplayable("evidence-missing");
    }
    JsonObject question = Verdict.overlay(input == null ? JsonObject.of() : input, again.input());
    if (!candidate.present() && input != null && !Verdict.same(withoutArguments(question), input)) {
      return new Replayed.Different(call.entry(), input, withoutArguments(question));
    }
    Decision made = policy.decide(new AuthorizationRequest(question));
    JsonObject now = Verdict.of(made, steps.dischargeable());
    JsonObject recorded =
        decision == null ? refusedAsRecorded(true) : Verdict.recorded(call.record(), decision);
    boolean late =
        "indeterminate".equals(recorded.string("result"))
            && ReasonCode.POLICY_UNAVAILABLE.text().equals(reason)
            && !Verdict.same(recorded, now);
    return late && !candidate.present() ? outOfReach("policy-late") : compare(recorded, now);
  }

  private @Nullable String revision(@Nullable JsonObject decision) {
    return decision == null ? null : decision.string("revision");
  }

  private static JsonObject withoutArguments(JsonObject question) {
    JsonValue context = question.get("context");
    return context instanceof JsonObject object
        ? question.with("context", object.without("arguments"))
        : question;
  }

  private Replayed compare(JsonObject recorded, JsonObject now) {
    return Verdict.same(recorded, now)
        ? new Replayed.Same(call.entry(), now)
        : new Replayed.Different(call.entry(), recorded, now);
  }

  /** What the record says, whether it was refused before policy or decided by it. */
  private JsonObject refusedAsRecorded(boolean inWords) {
    JsonObject decision = call.record().object("decision");
    return decision == null
        ? Verdict.refused(reason, inWords ? call.record().string("detail") : null)
        : Verdict.recorded(call.record(), decision);
  }

  private String instance() {
    return call.entry().instance();
  }

  private Replayed notReplayable(String cause) {
    return new Replayed.NotReplayable(call.entry(), cause);
  }

  private Replayed outOfReach(String cause) {
    return new Replayed.OutOfReach(call.entry(), cause);
  }
}
