package dev.mcpguard.gate;

import dev.mcpguard.model.Admission;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.Obligation;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RecordTooLargeException;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolServer;

/**
 * PEP for {@code tools/call}: one call, from its parsed bytes to its terminal record. A request about
 * the task that a call was answered by walks the same line as that call: it is decided again, under
 * its own method, by the register, the definition and the policy of now ({@link TaskRecall}).
 *
 * <p>Read it from top to bottom. Each step hands on a type that only it can give: {@code ToolCall ->
 * IdentifiedCall -> ClassifiedCall -> ClearedCall}. A skipped step does not compile. Whatever is
 * unknown, missing, undefined, late or failing ends as a {@link Refusal}, and every exit, a crash
 * included, leaves exactly one terminal record.
 *
 * <p>Thread-safe; blocking, for virtual threads; never throws.
 */
final class ToolCallGate {
  private final GateParts parts;
  private final Rounds rounds;
  private final OpenTasks tasks;

  ToolCallGate(GateParts parts, Rounds rounds, OpenTasks tasks) {
    this.parts = parts;
    this.rounds = rounds;
    this.tasks = tasks;
  }

  /** Carries {@code call} as far as it may go. */
  Answer call(ToolCall call, ReplyChannel channel) {
    Passage passage = parts.passages().open(call.facts());
    return passage.walk(() -> identify(call, channel, passage));
  }

  /** 1. Who is calling? */
  private void identify(ToolCall call, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    switch (passage.admitted()) {
      case Identification.Unidentified unidentified -> passage.refuse(unidentified);
      case Identification.Identified(var principal) ->
          lookUp(new IdentifiedCall(call, principal), channel, passage);
    }
  }

  /** Carries a request about a task as far as it may go. */
  Answer call(TaskRequest request, ReplyChannel channel) {
    Passage passage = parts.passages().open(request.facts());
    return passage.walk(() -> identify(request, channel, passage));
  }

  /** 1. Who is calling, and which of its calls is meant? */
  private void identify(TaskRequest request, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    switch (passage.admitted()) {
      case Identification.Unidentified unidentified -> passage.refuse(unidentified);
      case Identification.Identified(Principal principal) -> {
        switch (TaskRecall.of(request, principal, tasks)) {
          case TaskRecall.Unknown(Refusal refusal) -> {
            passage.asked(request);
            passage.refuse(refusal);
          }
          case TaskRecall.Recalled(ToolCall call) ->
              lookUp(new IdentifiedCall(call, principal), channel, passage);
        }
      }
    }
  }

  /** 2. Which tool is this, of which risk class, and is it still what was approved? */
  private void lookUp(IdentifiedCall call, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    passage.asked(call);
    switch (passage.find(call.call(), parts.registry())) {
      case ToolLookup.NotServed notServed -> passage.notServed(notServed);
      case ToolLookup.Found(ServedTool tool) -> declare(call, tool, channel, passage);
    }
  }

  /** 3. What did the caller say it is doing? A ceiling, never a right. */
  private void declare(
      IdentifiedCall call, ServedTool tool, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    passage.found(tool);
    switch (parts.intents().read(call, tool)) {
      case IntentReading.Undeclared(Refusal refusal) -> passage.refuse(refusal);
      case IntentReading.Declared declared -> {
        switch (parts.classifier().classify(call, tool, declared)) {
          case CallClassifier.Unacceptable(Refusal refusal) -> passage.refuse(refusal);
          case CallClassifier.Classified(ClassifiedCall classified) ->
              decide(classified, channel, passage);
        }
      }
    }
  }

  /** 4. Does policy permit exactly this? Anything but a permit is a no. */
  private void decide(ClassifiedCall call, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    switch (parts.policy().decide(passage.question(call))) {
      case Decision.Deny deny -> passage.denied(deny);
      case Decision.Indeterminate none -> passage.undecided(none);
      case Decision.Permit permit -> discharge(call, permit, channel, passage);
    }
  }

  /** 5. Can every obligation of the permit be met? One that cannot be met denies. */
  private void discharge(
      ClassifiedCall call, Decision.Permit permit, ReplyChannel channel, Passage passage)
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
      ClassifiedCall call, Decision.Permit permit, ReplyChannel channel, Passage passage)
      throws AuditUnavailableException, RecordTooLargeException {
    ToolServer server = parts.servers().find(call.tool().server());
    if (server == null) {
      passage.refuse(ReasonCode.DOWNSTREAM_UNREACHABLE, "no tool server of this id is running");
      return;
    }
    if (channel.cancelled()) {
      passage.refuse(ReasonCode.CLIENT_GONE, "the client left before the call was forwarded");
      return;
    }
    if (rounds.spent(Rounds.key(call))) {
      passage.refuse(ReasonCode.BUDGET_SPENT, "the call asked for input too many times");
      return;
    }
    Admission admission = passage.admit();
    ClassifiedCall sent =
        call.withMeta(passage.forwarding(call.tool().server(), TaskRecall.offered(call, tasks)));
    forward(
        new ClearedCall(sent, permit, admission, passage.deadline(call)), server, channel, passage);
  }

  /** 7. Send exactly what was decided. */
  private void forward(
      ClearedCall call, ToolServer server, ReplyChannel channel, Passage passage) {
    CallOutcome outcome = server.call(call, channel);
    passage.ended(outcome);
    rounds.ended(Rounds.key(call.classified()), outcome);
    release(call, outcome, passage);
  }

  /** 8. What of the answer may leave? (9, the terminal record, is in {@link Passage#walk}.) */
  private void release(ClearedCall call, CallOutcome outcome, Passage passage) {
    switch (parts.release().release(call, outcome)) {
      case Release.Withheld(Refusal refusal) -> passage.refuse(refusal);
      case Release.Released released when TaskAnswer.begins(released) ->
          begin(call, released, passage);
      case Release.Released released -> passage.release(TaskRecall.told(released, call, tasks));
    }
  }

  /** The call goes on as a task: from here on its client may ask for it, and nobody else. */
  private void begin(ClearedCall call, Release.Released released, Passage passage) {
    String handle = tasks.begin(call, released.result());
    passage.began(handle);
    if (handle == null) {
      passage.refuse(ReasonCode.BUDGET_SPENT, "too many tasks: the answer names one more");
    } else {
      passage.release(TaskAnswer.named(released, handle));
    }
  }
}
