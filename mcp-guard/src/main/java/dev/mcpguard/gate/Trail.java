package dev.mcpguard.gate;

import dev.mcpguard.audit.RecordTime;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClassifiedPrimitive;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Release;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.Step;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.model.ToolLookup;
import dev.mcpguard.registry.RegisteredPrimitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the members of a request's records as the request advances ({@code
 * docs/audit-fields.md}). Confined to the thread of the request.
 */
final class Trail {
  private final Passages passages;
  private final RequestFacts facts;
  private final JsonObject.Builder latency = JsonObject.builder();
  private final Watch watch;

  private JsonObject principal = JsonObject.of();
  private @Nullable JsonObject tool;
  private @Nullable JsonObject primitive;
  private @Nullable JsonObject asked;
  private JsonObject askedArguments = JsonObject.of();
  private @Nullable String agentsRevision;
  private @Nullable Digest registryRevision;
  private @Nullable JsonObject intent;
  private @Nullable JsonObject input;
  private final KeptArguments arguments = new KeptArguments();
  private byte @Nullable [] reply;
  private @Nullable JsonObject decision;
  private @Nullable Admission admission;
  private JsonObject ending = JsonObject.of();
  private @Nullable Refusal refusal;
  private Fate fate = Fate.NOT_FORWARDED;

  Trail(Passages passages, RequestFacts facts, Watch watch) {
    this.passages = passages;
    this.facts = facts;
    this.watch = watch;
  }

  void mark(Step step) {
    latency.put(step.text(), watch.mark(step));
  }

  void caller(Principal caller) {
    watch.caller(caller);
    principal = RecordParts.principal(caller);
  }

  void stranger(JsonObject verifiedFacts) {
    if (principal.members().isEmpty()) {
      principal = verifiedFacts;
    }
  }

  void agents(String revision) {
    agentsRevision = revision;
  }

  void registry(Digest revision) {
    registryRevision = revision;
  }

  void notServed(ToolLookup.NotServed answer) {
    if (asked != null && answer.live() != null) {
      asked = asked.with("live_digest", new JsonString(answer.live().text()));
    }
  }

  void asked(ToolCall call, Principal caller) {
    askedArguments = call.arguments();
    // what a token commits to names the protected resource: replay has to compare it again
    boolean committed = !caller.authorizationDetails().isEmpty();
    asked =
        JsonObject.builder()
            .put("server", call.server())
            .put("tool", call.tool())
            .putIfPresent("intent", call.declaredIntent())
            .putIfPresent("resource", committed ? facts.route().resource() : null)
            .putIfPresent("task", RecordParts.task(call))
            .build();
    arguments.asked(call.arguments());
  }

  void asked(TaskRequest request) {
    asked = RecordParts.asked(request);
  }

  void began(@Nullable String handle) {
    ending = RecordParts.began(ending, handle);
  }

  void asked(PrimitiveCall call) {
    asked =
        JsonObject.builder()
            .put("server", call.server())
            .put(call.target().kind().text(), call.target().name())
            .build();
    arguments.asked(call.params().without("_meta"));
  }

  void found(RegisteredPrimitive registered) {
    mark(Step.REGISTRY);
    watch.found(registered);
    primitive = RecordParts.primitive(registered);
  }

  void classified(ClassifiedPrimitive call, AuthorizationRequest request) {
    intent = RecordParts.intent(request.input());
    arguments.asked(call.params());
    input = RecordParts.withoutArguments(request.input());
    mark(Step.INTENT);
  }

  void found(ServedTool registered) {
    mark(Step.REGISTRY);
    watch.found(registered);
    tool = RecordParts.tool(registered, registered.riskClass());
  }

  void classified(ClassifiedCall call, AuthorizationRequest request) {
    watch.classified(call.riskClass().text());
    tool = RecordParts.tool(call.tool(), call.riskClass());
    intent = RecordParts.intent(request.input());
    flatCarriers(call.arguments());
    arguments.judged(call.arguments(), call.argumentsDigest());
    input = RecordParts.withoutArguments(request.input());
    mark(Step.INTENT);
  }

  /** The arguments that only carried intent are taken out before the decision, not of the record. */
  private void flatCarriers(JsonObject judged) {
    boolean carried = judged.members().size() < askedArguments.members().size();
    if (carried && asked != null) {
      String[] others = judged.members().keySet().toArray(String[]::new);
      asked = asked.with("flat", askedArguments.without(others));
    }
  }

  void decided(String result, Decision made) {
    watch.decided(result);
    JsonObject.Builder members =
        JsonObject.builder()
            .put("result", result)
            .put("reasons", made.reasons())
            .put("revision", made.revision());
    if (made instanceof Decision.Permit permit) {
      members.put("obligations", RecordParts.obligations(permit));
    }
    decision = members.build();
    mark(Step.POLICY);
  }

  void admitted(Admission admitted) {
    admission = admitted;
  }

  void ended(CallOutcome outcome) {
    mark(Step.DOWNSTREAM);
    watch.forwarded(outcome);
    ending = RecordParts.ending(outcome);
  }

  void released(Release.Released released) {
    byte[] kept = CanonicalJson.bytes(released.result());
    reply = kept;
    ending =
        ending
            .with("reply_digest", new JsonString(Digest.of(kept).text()))
            .with("redacted", JsonArray.ofStrings(released.redacted()));
  }

  void listed(int shown, int withheld, String revision) {
    ending =
        JsonObject.builder()
            .put("listed", shown)
            .put("withheld", withheld)
            .put("revision", revision)
            .build();
  }

  void refused(Refusal refused) {
    refusal = refused;
  }

  void fate(Fate reached) {
    fate = reached;
  }

  /** The record of this kind, with everything known now. */
  CallRecord record(RecordKind kind) {
    if (kind == RecordKind.OUTCOME && admission != null) {
      Map<String, byte[]> kept = reply == null ? Map.of() : Map.of("reply", reply);
      return new CallRecord(kind, facts.decisionId(), outcome().build(), kept);
    }
    // in the order of the leaf, which then needs no sorting
    JsonObject.Builder body =
        JsonObject.builder()
            .put("agents_revision", agents())
            .putIfPresent("arguments_digest", arguments.digest())
            .putIfPresent("asked", asked)
            .put("bytes", facts.bytes())
            .putIfPresent("client", RecordParts.unlessEmpty(facts.client()))
            .putIfPresent("decision", decision)
            .put("front", facts.front())
            .putIfPresent("input", input)
            .put("instance", passages.instance())
            .putIfPresent("intent", intent)
            .put("latency_us", latency.build())
            .put("method", facts.method())
            .putIfPresent("primitive", primitive)
            .put("principal", principal)
            .put("protocol", facts.version().text())
            .put("registry_revision", registry().text())
            .put("remote", facts.remote())
            .putIfPresent("request_id", facts.id())
            .put("route", facts.route().path())
            .putIfPresent("session", RecordParts.session(facts))
            .put("time", now())
            .putIfPresent("tool", tool)
            .putIfPresent("trace", RecordParts.unlessEmpty(facts.trace()));
    finish(body, kind);
    return new CallRecord(kind, facts.decisionId(), body.build(), arguments.payloads());
  }

  /** The same without what can be large; what it says is still true. */
  CallRecord shortRecord(RecordKind kind) {
    JsonObject body = RecordParts.shortened(record(kind).body(), RecordParts.briefly(principal));
    return new CallRecord(kind, facts.decisionId(), body, Map.of());
  }

  private JsonObject.Builder outcome() {
    JsonObject.Builder body = JsonObject.builder();
    body.put("time", now()).put("instance", passages.instance()).put("method", facts.method());
    body.put("principal", RecordParts.briefly(principal))
        .putIfPresent("tool", tool == null ? null : RecordParts.brieflyTool(tool));
    body.putIfPresent("primitive", primitive);
    body.put("admission", admission == null ? -1 : admission.sequence());
    body.put("latency_us", latency.build());
    finish(body, RecordKind.OUTCOME);
    return body;
  }

  private void finish(JsonObject.Builder body, RecordKind kind) {
    if (kind == RecordKind.ADMISSION) {
      return;
    }
    ending.members().forEach(body::put);
    body.put("fate", fate.text());
    if (refusal != null) {
      body.put("reason", refusal.reason().text()).put("detail", refusal.detail());
    }
  }

  private Digest registry() {
    return registryRevision == null ? passages.registry().revision() : registryRevision;
  }

  private String agents() {
    return agentsRevision == null ? passages.agentsRevision().get() : agentsRevision;
  }

  private String now() {
    return RecordTime.text(passages.clock().instant());
  }
}
