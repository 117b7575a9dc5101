package dev.mcpguard.app.registry;

import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.YamlDocument;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.FindingOverride;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.ToolDeclaration;
import dev.mcpguard.registry.ToolOffer;
import dev.mcpguard.registry.classify.Suggestion;
import dev.mcpguard.registry.poison.PoisonFinding;
import java.util.ArrayList;
import java.util.List;

/** What lint says about one tool. */
final class ToolLint {
  private final List<LintNote> notes;
  private final List<String> exposed = new ArrayList<>();
  private final DefinitionJudge judge = new DefinitionJudge();

  /** A declared tool and where it stands. */
  record Place(ServerManifest manifest, YamlDocument document, ToolDeclaration tool) {
    String name() {
      return tool.name().text();
    }

    Finding finding(String field, String problem, String advice) {
      int line = document.line("/tools/" + name() + (field.isEmpty() ? "" : "/" + field));
      String path = "tools." + name() + (field.isEmpty() ? "" : "." + field);
      return new Finding(document.file(), line, path, problem, advice);
    }
  }

  ToolLint(RegistrySnapshot snapshot, List<LintNote> notes) {
    this.notes = notes;
    for (ServerManifest manifest : snapshot.manifests()) {
      for (String tool : manifest.tools().keySet()) {
        exposed.add(manifest.server().text() + "__" + tool);
      }
    }
  }

  /** What needs no definition: pinned or not, overrides without effect. */
  void standing(Place place) {
    ToolDeclaration.Standing standing = place.tool().standing();
    if (standing.digest() == null && standing.suspension() == null) {
      add(
          LintNote.Weight.INFO, "unpinned",
          place.finding("", "no definition is approved, so it is not served", "`registry pin` it"));
    }
    FindingOverride override = standing.override();
    if (override != null && !override.digest().equals(standing.digest())) {
      add(
          LintNote.Weight.WARNING, "override-stale",
          place.finding(
              "override", "is about another definition than the pinned one and has no effect",
              "let its author look at the new one, or remove it"));
    }
  }

  void textNotKept(Place place) {
    add(
        LintNote.Weight.INFO, "text-not-kept",
        place.finding(
            "digest", "the approved text is not kept beside the manifest",
            "use --live, or approve it again; then changes can be shown word by word"));
  }

  /** Without a definition the name is all there is to judge by. */
  void byNameAlone(Place place) {
    JsonObject named = JsonObject.builder().put("name", place.name()).build();
    disagreement(place, judge.suggestion(named), " by its name alone");
  }

  void definition(Place place, JsonObject definition) {
    FindingOverride override = place.tool().standing().override();
    boolean bound =
        override != null
            && override.inForce(
                DefinitionDigest.of(definition), place.manifest().stewardship().owner());
    if (override == null || !bound || override.riskClass() == null) {
      disagreement(place, judge.suggestion(definition), "");
    }
    String own = place.manifest().server().text() + "__" + place.name();
    List<String> others = exposed.stream().filter(name -> !name.equals(own)).toList();
    for (PoisonFinding finding :
        judge.findings(place.manifest().server().text(), definition, others)) {
      boolean named = override != null && bound && override.findings().contains(finding.code());
      poison(place, finding, named);
    }
  }

  private void disagreement(Place place, Suggestion suggestion, String basis) {
    RiskClass declared = place.tool().classification().riskClass();
    if (suggestion.riskClass().compareTo(declared) > 0) {
      add(
          LintNote.Weight.WARNING, "class-disagreement",
          place.finding(
              "class",
              "declared " + declared.text() + ", but the guard holds it for "
                  + suggestion.riskClass().text() + basis + ": " + DefinitionJudge.words(suggestion),
              "raise the class, or let somebody other than the owner record an override"));
    }
  }

  private void poison(Place place, PoisonFinding finding, boolean accepted) {
    LintNote.Weight weight =
        accepted
            ? LintNote.Weight.INFO
            : switch (finding.severity()) {
              case INFO -> LintNote.Weight.INFO;
              case WARN -> LintNote.Weight.WARNING;
              case BLOCK -> LintNote.Weight.ERROR;
            };
    add(
        weight, finding.code().text(),
        place.finding(
            "", "at " + finding.place() + " of its definition: " + finding.words(),
            weight == LintNote.Weight.ERROR ? "not served unless an override accepts it" : ""));
  }

  void withheld(Place place, ToolOffer.Withheld offer) {
    add(
        LintNote.Weight.ERROR, offer.reason().code(),
        place.finding("", "is not served: " + offer.detail(), "see `registry diff`"));
  }

  private void add(LintNote.Weight weight, String code, Finding finding) {
    notes.add(new LintNote(weight, code, finding));
  }
}
