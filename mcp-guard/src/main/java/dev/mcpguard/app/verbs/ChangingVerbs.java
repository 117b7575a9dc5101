package dev.mcpguard.app.verbs;

import dev.mcpguard.admin.Verb;
import dev.mcpguard.admin.VerbAnswer;
import dev.mcpguard.app.registry.Approval;
import dev.mcpguard.app.registry.ApprovalPlan;
import dev.mcpguard.app.registry.ApprovalRecorder;
import dev.mcpguard.app.registry.ApprovalRequest;
import dev.mcpguard.app.registry.ManifestFile;
import dev.mcpguard.app.registry.Stop;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.Principal;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.FindingOverride;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Suspension;
import dev.mcpguard.registry.poison.PoisonCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verbs that change manifests: recorded first, then written by one rename, then in force. One at
 * a time; who decides is the verified caller and nobody an argument names. Thread-safe.
 */
final class ChangingVerbs {
  private final VerbParts parts;

  ChangingVerbs(VerbParts parts) {
    this.parts = parts;
  }

  synchronized VerbAnswer approve(Verb.Request request)
      throws ConfigException, IOException, AuditUnavailableException {
    JsonObject arguments = request.arguments();
    String server = Arguments.text(arguments, "server");
    if (server.equals(OwnTransport.SERVER)) {
      return own();
    }
    ManifestFile file = ManifestFile.read(parts.folder(), server);
    LiveCatalogue live = parts.live().apply(server);
    if (live == null) {
      return new VerbAnswer.Declined("the tools of server `" + server + "` cannot be listed now");
    }
    JsonObject seen = Objects.requireNonNull(arguments.object("definitions"));
    ApprovalRequest approval = approval(request, seen);
    if (approval == null) {
      return new VerbAnswer.Declined("`override.findings` names no code of a finding");
    }
    ApprovalPlan plan = Approval.plan(file, live, approval, false);
    List<String> refusals = new ArrayList<>(plan.refusals());
    refusals.addAll(ofOwner(file, request, approval));
    plan.changes().forEach(change -> refuseOther(change, seen, refusals));
    if (!refusals.isEmpty()) {
      return new VerbAnswer.Declined(String.join("; ", refusals) + "; nothing was written");
    }
    recorder(request).approve(file, plan, approval);
    parts.reload().run();
    return new VerbAnswer.Done(approved(plan));
  }

  /** What is approved is what was looked at: not what the server offers by now (threats E2, B12). */
  private static void refuseOther(
      ApprovalPlan.Change change, JsonObject seen, List<String> refusals) {
    Digest live = DefinitionDigest.of(change.definition());
    if (!live.text().equals(seen.string(change.tool()))) {
      refusals.add("`" + change.tool() + "` is " + live + " by now; look again with registry_diff");
    }
  }

  private static @Nullable ApprovalRequest approval(Verb.Request request, JsonObject seen) {
    List<String> tools = List.copyOf(seen.members().keySet());
    JsonObject said = request.arguments().object("override");
    if (said == null) {
      return new ApprovalRequest(tools, by(request.caller()), false, null);
    }
    Set<PoisonCode> findings = EnumSet.noneOf(PoisonCode.class);
    for (String text : Arguments.texts(said, "findings")) {
      PoisonCode code = PoisonCode.ofText(text);
      if (code == null) {
        return null;
      }
      findings.add(code);
    }
    String named = said.string("class");
    RiskClass riskClass = named == null ? null : RiskClass.ofText(named);
    if (riskClass == null && findings.isEmpty()) {
      return null;
    }
    return new ApprovalRequest(
        tools, by(request.caller()), false,
        new ApprovalRequest.Objection(riskClass, findings, Arguments.text(said, "reason")));
  }

  /** A workload of the owner is the owner: neither it nor its human may override. */
  private static List<String> ofOwner(
      ManifestFile file, Verb.Request request, ApprovalRequest approval) {
    List<String> refusals = new ArrayList<>();
    ApprovalRequest.Objection said = approval.override();
    String owner = file.manifest().stewardship().owner();
    for (String name :
        said == null
            ? List.<String>of()
            : List.of(request.caller().agent().owner(), request.caller().agent().id())) {
      boolean other =
          new FindingOverride(
                  said.riskClass(), said.findings(), name, said.reason(),
                  DefinitionDigest.of(JsonObject.of()))
              .independentOf(owner);
      if (!other) {
        refusals.add("`" + owner + "` owns the server; somebody else must record an override");
      }
    }
    return refusals;
  }

  private JsonObject approved(ApprovalPlan plan) {
    List<JsonValue> tools = new ArrayList<>();
    for (ApprovalPlan.Change change : plan.changes()) {
      tools.add(
          JsonObject.builder()
              .put("tool", change.tool())
              .putIfPresent(
                  "old_digest", change.before() == null ? null : change.before().text())
              .put("new_digest", DefinitionDigest.of(change.definition()).text())
              .put("difference", JsonArray.ofStrings(change.difference()))
              .put("remarks", JsonArray.ofStrings(change.remarks()))
              .build());
    }
    return JsonObject.builder()
        .put("approved", new JsonArray(tools))
        .put("revision", parts.registry().get().revision().text())
        .build();
  }

  VerbAnswer quarantine(Verb.Request request)
      throws ConfigException, IOException, AuditUnavailableException {
    return stop(request, Suspension.QUARANTINED);
  }

  VerbAnswer retire(Verb.Request request)
      throws ConfigException, IOException, AuditUnavailableException {
    return stop(request, Suspension.RETIRED);
  }

  private synchronized VerbAnswer stop(Verb.Request request, Suspension suspension)
      throws ConfigException, IOException, AuditUnavailableException {
    String server = Arguments.text(request.arguments(), "server");
    if (server.equals(OwnTransport.SERVER)) {
      return own();
    }
    ManifestFile file = ManifestFile.read(parts.folder(), server);
    List<String> tools = Arguments.texts(request.arguments(), "tools");
    for (String tool : tools) {
      if (!file.manifest().tools().containsKey(tool)) {
        return ReadingVerbs.unknown(server + "/" + tool);
      }
    }
    Stop stop =
        new Stop(
            suspension, tools, by(request.caller()), Arguments.text(request.arguments(), "reason"));
    int stopped = stop.apply(file, recorder(request));
    parts.reload().run();
    return new VerbAnswer.Done(
        JsonObject.builder()
            .put(Stop.word(suspension), stopped)
            .put("revision", parts.registry().get().revision().text())
            .build());
  }

  private static VerbAnswer own() {
    return new VerbAnswer.Declined("the guard's own tools change with the guard and not by it");
  }

  private static String by(Principal caller) {
    return caller.key().subject();
  }

  private ApprovalRecorder recorder(Verb.Request request) {
    Principal caller = request.caller();
    JsonObject decider =
        JsonObject.builder()
            .put("issuer", caller.key().issuer())
            .put("client", caller.key().client())
            .put("agent", caller.agent().id())
            .put("agent_owner", caller.agent().owner())
            .put("decision_id", request.decisionId())
            .build();
    return new ApprovalRecorder(() -> new LentLog(parts.log()), decider, parts.clock());
  }
}
