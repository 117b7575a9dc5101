package dev.mcpguard.gate;

import dev.mcpguard.model.Admission;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClassifiedPrimitive;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.IdentifiedPrimitive;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RecordTooLargeException;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.ToolServer;
import dev.mcpguard.registry.RegisteredPrimitive;

/**
 * PEP for everything but tools that reaches a server: {@code resources/read}, {@code prompts/get},
 * {@code completion/complete}, {@code resources/subscribe}, {@code logging/setLevel}. The same line
 * as {@link ToolCallGate}, step for step: {@code PrimitiveCall -> IdentifiedPrimitive ->
 * ClassifiedPrimitive -> ClearedPrimitive}.
 *
 * <p>Thread-safe; blocking, for virtual threads; never throws.
 */
final class PrimitiveGate {
  private final GateParts parts;
  private final Rounds rounds;

  PrimitiveGate(GateParts parts, Rounds rounds) {
    this.parts = parts;
    this.rounds = rounds;
  }

  /** Carries {@code call} as far as it may go. */
  Answer call(PrimitiveCall call, ReplyChannel channel) {
    Passage passage = parts.passages().open(call.facts());
    return passage.walk(() -> identify(call, channel, passage));
  }

  /** 1. Who is calling? */
  private void identify(PrimitiveCall call, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    switch (passage.admitted()) {
      case Identification.Unidentified unidentified -> passage.refuse(unidentified);
      case Identification.Identified(var principal) ->
          lookUp(new IdentifiedPrimitive(call, principal), channel, passage);
    }
  }

  /** 2. What is it about, of which class, and is it served at all? */
  private void lookUp(IdentifiedPrimitive call, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    passage.asked(call);
    PrimitiveCall.Target target = call.call().target();
    RegisteredPrimitive primitive =
        parts.primitives().find(call.call().server(), target.kind(), target.name());
    if (primitive == null) {
      passage.refuse(ReasonCode.TOOL_UNKNOWN, "the registry does not serve it");
    } else {
      declare(call, primitive, channel, passage);
    }
  }

  /** 3. What did the caller say it is doing? A ceiling, never a right. */
  private void declare(
      IdentifiedPrimitive call, RegisteredPrimitive primitive, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    passage.found(primitive);
    switch (parts.intents().read(call, primitive)) {
      case IntentReading.Undeclared(Refusal refusal) -> passage.refuse(refusal);
      case IntentReading.Declared declared -> {
        switch (PrimitiveClassifier.classify(call, primitive, declared)) {
          case PrimitiveClassifier.Unacceptable(Refusal refusal) -> passage.refuse(refusal);
          case PrimitiveClassifier.Classified(ClassifiedPrimitive classified) ->
              decide(classified, channel, passage);
        }
      }
    }
  }

  /** 4. Does policy permit exactly this? Anything but a permit is a no. */
  private void decide(ClassifiedPrimitive call, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    switch (parts.policy().decide(passage.question(call))) {
      case Decision.Deny deny -> passage.denied(deny);
      case Decision.Indeterminate none -> passage.undecided(none);
      case Decision.Permit permit -> discharge(call, permit, channel, passage);
    }
  }

  /** 5. Can every obligation of the permit be met? One that cannot be met denies. */
  private void discharge(
      ClassifiedPrimitive call, Decision.Permit permit, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    passage.permitted(permit);
    for (Obligation obligation : permit.obligations()) {
      if (!parts.release().canDischarge(obligation)) {
        passage.refuse(
            ReasonCode.OBLIGATION_UNFULFILLED,
            "policy attached an obligation this guard cannot meet: `" + obligation.type() + "`");
        return;
      }
    }
    admit(call, permit, channel, passage);
  }

  /** 6. Is the decision on durable record? Nothing is forwarded before it is. */
  private void admit(
      ClassifiedPrimitive call, Decision.Permit permit, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    ToolServer server = parts.servers().find(call.call().server());
    if (server == null) {
      passage.refuse(ReasonCode.DOWNSTREAM_UNREACHABLE, "no server of this id is running");
    } else if (channel.cancelled()) {
      passage.refuse(ReasonCode.CLIENT_GONE, "the client left before the request was forwarded");
    } else if (rounds.spent(Rounds.key(call))) {
      passage.refuse(ReasonCode.BUDGET_SPENT, "the request asked for input too many times");
    } else {
      Admission admission = passage.admit();
      ClassifiedPrimitive sent =
          call.withMeta(passage.forwarding(call.call().server(), call.meta()));
      ClearedPrimitive cleared =
          new ClearedPrimitive(sent, permit, admission, passage.deadline());
      forward(cleared, server, channel, passage);
    }
  }

  /** 7. Send exactly what was decided. */
  private void forward(
      ClearedPrimitive call, ToolServer server, ReplyChannel channel, Passage passage) {
    CallOutcome outcome = server.ask(call, channel);
    passage.ended(outcome);
    rounds.ended(Rounds.key(call.classified()), outcome);
    release(call, outcome, passage);
  }

  /** 8. What of the answer may leave? (9, the terminal record, is in {@link Passage#walk}.) */
  private void release(ClearedPrimitive call, CallOutcome outcome, Passage passage) {
    switch (parts.release().release(call, outcome)) {
      case Release.Withheld(Refusal refusal) -> passage.refuse(refusal);
      case Release.Released released ->
          passage.release(ExposedAnswer.of(released, call.facts().route(), call.classified().call().server()));
    }
  }
}
