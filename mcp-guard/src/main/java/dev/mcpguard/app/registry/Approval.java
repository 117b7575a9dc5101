package dev.mcpguard.app.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.FindingOverride;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Suspension;
import dev.mcpguard.registry.ToolDeclaration;
import dev.mcpguard.registry.ToolName;
import dev.mcpguard.registry.classify.Suggestion;
import dev.mcpguard.registry.poison.PoisonCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out what approving a server's live definitions changes in its manifest. One listing serves
 * for what is shown and what is pinned. Confined to one thread.
 */
public final class Approval {
  private final ManifestFile file;
  private final LiveCatalogue live;
  private final ApprovalRequest request;
  private final DefinitionStore store;
  private final DefinitionJudge judge = new DefinitionJudge();
  private final List<ApprovalPlan.Change> changes = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  private Approval(ManifestFile file, LiveCatalogue live, ApprovalRequest request) {
    this.file = file;
    this.live = live;
    this.request = request;
    this.store = DefinitionStore.beside(file.folder());
  }

  /** The plan; nothing is written. */
  public static ApprovalPlan plan(
      ManifestFile file, LiveCatalogue live, ApprovalRequest request, boolean coloured)
      throws ConfigException {
    return new Approval(file, live, request).plan(coloured);
  }

  private ApprovalPlan plan(boolean coloured) throws ConfigException {
    ManifestEdit edit = file.edit();
    refuseOwnOverride();
    for (String tool : tools()) {
      JsonObject definition = LiveListing.only(live, tool);
      if (definition == null) {
        refusals.add("`" + VisibleText.of(tool) + "` is not listed exactly once by the server");
      } else if (allowed(tool, definition)) {
        apply(edit, tool, definition, coloured);
      }
    }
    if (refusals.isEmpty()) {
      file.check(edit.text());
    }
    return new ApprovalPlan(changes, refusals, edit.text());
  }

  private void refuseOwnOverride() {
    String owner = file.manifest().stewardship().owner();
    ApprovalRequest.Objection override = request.override();
    if (override == null) {
      return;
    }
    if (override.reason().isBlank()) {
      refusals.add("an override needs a reason: add --reason");
    }
    if (request.tools().isEmpty()) {
      refusals.add("an override is about tools named one by one");
    }
    FindingOverride probe =
        new FindingOverride(
            override.riskClass(), override.findings(), request.by(), override.reason(),
            DefinitionDigest.of(JsonObject.of()));
    if (!probe.independentOf(owner)) {
      refusals.add("`" + owner + "` owns the server; somebody else must record an override");
    }
  }

  private List<String> tools() {
    if (!request.tools().isEmpty()) {
      return request.tools();
    }
    List<String> open = new ArrayList<>();
    for (ToolDeclaration tool : file.manifest().tools().values()) {
      String name = tool.name().text();
      JsonObject definition = LiveListing.only(live, name);
      boolean left = request.onlyNew() && tool.digest() != null;
      if (definition != null
          && !left
          && tool.standing().suspension() == null
          && !DefinitionDigest.of(definition).equals(tool.digest())) {
        open.add(name);
      }
    }
    return open;
  }

  private boolean allowed(String tool, JsonObject definition) {
    int before = refusals.size();
    ToolDeclaration declared = file.manifest().tools().get(tool);
    if (ToolName.ofText(tool) == null) {
      refusals.add("`" + VisibleText.of(tool) + "` is no name a tool may have");
    }
    if (declared != null && declared.standing().suspension() == Suspension.RETIRED) {
      refusals.add("`" + tool + "` is retired; remove its `state` by hand if that was wrong");
    }
    if (declared != null && request.onlyNew() && declared.digest() != null) {
      refusals.add("`" + tool + "` has a pinned definition; use `registry approve`");
    }
    Set<PoisonCode> blocking = EnumSet.noneOf(PoisonCode.class);
    blocking.addAll(judge.blocking(definition));
    if (request.override() != null) {
      blocking.removeAll(request.override().findings());
    }
    FindingOverride known = declared == null ? null : declared.standing().override();
    if (known != null
        && known.inForce(
            DefinitionDigest.of(definition), file.manifest().stewardship().owner())) {
      blocking.removeAll(known.findings());
    }
    for (PoisonCode code : blocking) {
      refusals.add(
          "`" + tool + "` holds " + code.text() + "; look at it, and if it is right, let somebody "
              + "other than the owner add --accept " + code.text() + " --reason WORDS");
    }
    return refusals.size() == before;
  }

  private void apply(ManifestEdit edit, String tool, JsonObject definition, boolean coloured)
      throws ConfigException {
    ToolDeclaration declared = file.manifest().tools().get(tool);
    Digest before = declared == null ? null : declared.digest();
    Digest after = DefinitionDigest.of(definition);
    if (declared == null) {
      edit.declare(tool, judge.suggestion(definition).riskClass().text());
    }
    edit.set(tool, "digest", quoted(after.text()));
    if (declared != null && declared.standing().suspension() != null) {
      edit.remove(tool, "state");
    }
    ApprovalRequest.Objection override = request.override();
    if (override != null) {
      edit.set(tool, "override", written(override, after));
    }
    changes.add(
        new ApprovalPlan.Change(
            tool, before, definition, difference(before, definition, coloured),
            remarks(declared, definition)));
  }

  private String written(ApprovalRequest.Objection override, Digest digest) {
    StringBuilder text = new StringBuilder("{");
    if (override.riskClass() != null) {
      text.append("class: ").append(override.riskClass().text()).append(", ");
    }
    if (!override.findings().isEmpty()) {
      text.append("findings: [")
          .append(
              override.findings().stream()
                  .sorted()
                  .map(PoisonCode::text)
                  .collect(Collectors.joining(", ")))
          .append("], ");
    }
    return text.append("by: ").append(quoted(request.by()))
        .append(", reason: ").append(quoted(override.reason()))
        .append(", digest: ").append(quoted(digest.text()))
        .append('}')
        .toString();
  }

  /** JSON strings are YAML strings. */
  private static String quoted(String text) {
    return JsonText.text(new JsonString(text));
  }

  private List<String> difference(
      @Nullable Digest before, JsonObject definition, boolean coloured) {
    JsonObject old = before == null ? JsonObject.of() : store.find(before);
    List<String> lines =
        DefinitionDiff.lines(old == null ? JsonObject.of() : old, definition, coloured);
    if (old != null) {
      return lines;
    }
    List<String> unknown = new ArrayList<>(lines);
    unknown.addFirst("the text approved before is not kept; all of the live text follows");
    return unknown;
  }

  private List<String> remarks(@Nullable ToolDeclaration declared, JsonObject definition) {
    List<String> remarks = new ArrayList<>();
    Suggestion suggestion = judge.suggestion(definition);
    if (declared != null
        && suggestion.riskClass().compareTo(declared.classification().riskClass()) > 0) {
      remarks.add(
          "declared " + declared.classification().riskClass().text() + ", but the guard holds it for "
              + suggestion.riskClass().text() + ": " + VisibleText.of(DefinitionJudge.words(suggestion)));
    }
    ApprovalRequest.Objection override = request.override();
    RiskClass said = override == null ? null : override.riskClass();
    if (declared != null
        && said != null
        && declared.classification().riskClass().compareTo(said) > 0) {
      remarks.add(
          "the declared class " + declared.classification().riskClass().text()
              + " stands: an override speaks against the guard, not against the owner");
    }
    judge
        .findings(file.manifest().server().text(), definition, List.of())
        .forEach(
            finding ->
                remarks.add(
                    finding.severity().name().toLowerCase(Locale.ROOT) + " "
                        + finding.code().text() + " at " + VisibleText.of(finding.place()) + ": "
                        + VisibleText.of(finding.words())));
    return remarks;
  }
}
