package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClassifiedPrimitive;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.IdentifiedPrimitive;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.Step;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.model.ToolRegistry;
import dev.mcpguard.registry.RegisteredPrimitive;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the gate: what is known of it so far, its answer, and its one
 * terminal record. Confined to the thread of the request.
 */
final class Passage {
  private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

  private final Passages passages;
  private final RequestFacts facts;
  private final Trail trail;
  private final Watch watch;
  private final Places places;

  private boolean authenticated;
  private @Nullable Principal principal;
  private @Nullable Admission admission;
  private Fate fate = Fate.NOT_FORWARDED;
  private @Nullable Answer answer;
  private boolean settled;

  Passage(Passages passages, RequestFacts facts, Watch watch) {
    this.passages = passages;
    this.facts = facts;
    this.watch = watch;
    this.trail = new Trail(passages, facts, watch);
    this.places = new Places(passages.allowances(), facts);
  }

  Instant now() {
    return passages.clock().instant();
  }

  /** As {@link #identify}, and that the caller is within its limits (threat D8). */
  Identification admitted() {
    return places.enter(identify());
  }

  /** The same for a request that opens an event stream. */
  Identification admittedToStream() {
    return places.openStream(admitted());
  }

  /** Verifies the caller, and that the session it names is its own. */
  Identification identify() {
    Identification identification = RevisionedLookup.identify(passages, facts, trail);
    trail.mark(Step.IDENTITY);
    if (identification instanceof Identification.Identified(Principal verified)) {
      authenticated = true;
      principal = verified;
      trail.caller(verified);
      if (facts.session() != null && !facts.session().owner().equals(verified.key())) {
        // A foreign session looks like one that never was (threat D4).
        return new Identification.Unidentified(
            Refusal.of(ReasonCode.SESSION_UNKNOWN, "the session belongs to another caller"),
            true,
            JsonObject.of());
      }
    }
    return identification;
  }

  /** Goes {@code way} and leaves exactly one terminal record, whatever happens on it. */
  Answer walk(Way way) {
    try {
      way.go();
    } catch (AuditUnavailableException unwritable) {
      refuse(ReasonCode.AUDIT_UNAVAILABLE, unwritable.toString());
    } catch (RecordTooLargeException tooLarge) {
      refuse(ReasonCode.RECORD_TOO_LARGE, tooLarge.toString());
    } catch (RuntimeException | Error crash) {
      LOG.error("request {} ended in an internal error", facts.decisionId(), crash);
      refuse(ReasonCode.INTERNAL, crash.getClass().getName());
    } finally {
      settle();
      places.leave(answer);
    }
    watch.ended(answer());
    return answer();
  }

  void asked(IdentifiedPrimitive call) {
    trail.asked(call.call());
  }

  void found(RegisteredPrimitive primitive) {
    trail.found(primitive);
  }

  AuthorizationRequest question(ClassifiedPrimitive call) {
    AuthorizationRequest request = PolicyInput.asking(call, now());
    trail.classified(call, request);
    return request;
  }

  /** When a request ends whose registry entry sets no limit. */
  Instant deadline() {
    return now().plus(passages.longestCall());
  }

  void asked(TaskRequest request) {
    trail.asked(request);
  }

  void asked(IdentifiedCall call) {
    trail.asked(call.call(), call.principal());
  }

  ToolLookup find(ToolCall call, ToolRegistry registry) {
    return RevisionedLookup.find(call, registry, trail);
  }

  void notServed(ToolLookup.NotServed answer) {
    trail.notServed(answer);
    refuse(answer.refusal());
  }

  void found(ServedTool tool) {
    trail.found(tool);
  }

  AuthorizationRequest question(ClassifiedCall call) {
    AuthorizationRequest request = PolicyInput.calling(call, now());
    trail.classified(call, request);
    return request;
  }

  void permitted(Decision.Permit permit) {
    trail.decided("permit", permit);
  }

  void denied(Decision.Deny deny) {
    trail.decided("deny", deny);
    refuse(Refusal.of(deny.reason(), "policy denied the call").withData(deny.context()));
  }

  void undecided(Decision.Indeterminate none) {
    trail.decided("indeterminate", none);
    refuse(none.reason(), none.detail());
  }

  /** Makes the decision with all its inputs durable; from here on the call counts as admitted. */
  Admission admit() throws AuditUnavailableException, RecordTooLargeException {
    Admission admitted = passages.log().admit(trail.record(RecordKind.ADMISSION));
    admission = admitted;
    fate = Fate.UNKNOWN;
    trail.admitted(admitted);
    trail.mark(Step.AUDIT);
    return admitted;
  }

  /** {@code _meta} as it goes to {@code server}. */
  JsonObject forwarding(String server, JsonObject meta) {
    return watch.forwarding(server, meta);
  }

  /** A page of a list came, or did not. */
  void paged(CallOutcome outcome) {
    watch.forwarded(outcome);
  }

  Instant deadline(ClassifiedCall call) {
    Duration limit = call.tool().limits().timeout();
    return now().plus(limit == null ? passages.longestCall() : limit);
  }

  void ended(CallOutcome outcome) {
    fate = RecordParts.fate(outcome);
    trail.ended(outcome);
  }

  /** The call goes on at the server as a task of this name; what it comes to is not known yet. */
  void began(@Nullable String handle) {
    fate = Fate.UNKNOWN;
    trail.began(handle);
  }

  void release(Release.Released released) {
    trail.released(released);
    answer =
        released.error()
            ? new Answer.ServerError(facts.decisionId(), released.result())
            : new Answer.Result(facts.decisionId(), released.result(), caller());
  }

  void answerLocally(JsonObject result) {
    answer = new Answer.Result(facts.decisionId(), result, caller());
  }

  void listed(int shown, int withheld, String revision) {
    trail.listed(shown, withheld, revision);
  }

  void refuse(Identification.Unidentified unidentified) {
    authenticated = unidentified.authenticated();
    trail.stranger(unidentified.facts());
    refuse(unidentified.refusal());
  }

  void refuse(ReasonCode reason, String detail) {
    refuse(new Refusal(reason, fate, detail, JsonObject.of()));
  }

  void refuse(Refusal refusal) {
    trail.refused(refusal);
    answer = new Answer.Refused(facts.decisionId(), refusal, principal);
  }

  /** Leaves the one terminal record. If it cannot be written, no answer leaves either. */
  void settle() {
    if (settled) {
      return;
    }
    settled = true;
    if (answer == null) {
      refuse(ReasonCode.INTERNAL, "the request ended without an answer");
    }
    trail.fate(fate);
    try {
      write();
    } catch (AuditUnavailableException unwritable) {
      LOG.error("request {} left no terminal record", facts.decisionId(), unwritable);
      refuse(ReasonCode.AUDIT_UNAVAILABLE, "the terminal record could not be written");
    } catch (RecordTooLargeException | RuntimeException | Error crash) {
      LOG.error("request {} left no terminal record", facts.decisionId(), crash);
      refuse(ReasonCode.INTERNAL, "the terminal record could not be written");
    }
  }

  private void write() throws AuditUnavailableException, RecordTooLargeException {
    boolean refused = answer instanceof Answer.Refused;
    RecordKind kind = refused && admission == null ? RecordKind.REFUSAL : RecordKind.OUTCOME;
    CallRecord record = trail.record(kind);
    if (!authenticated) {
      passages.strangers().record(record);
      return;
    }
    try {
      passages.log().settle(record);
    } catch (RecordTooLargeException tooLarge) {
      passages.log().settle(trail.shortRecord(kind));
      if (admission == null) {
        refuse(ReasonCode.RECORD_TOO_LARGE, tooLarge.toString());
      }
    }
  }

  Answer answer() {
    Answer given = answer;
    if (given == null) {
      throw new IllegalStateException("settle was not called");
    }
    return given;
  }

  private Principal caller() {
    Principal verified = principal;
    if (verified == null) {
      throw new IllegalStateException("an answer needs a verified caller");
    }
    return verified;
  }
}
