package dev.mcpguard.app.command;

import dev.mcpguard.audit.proof.Finding;
import dev.mcpguard.audit.proof.VerificationReport;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** What {@code audit verify} says of one log, for people and for machines. Pure. */
final class VerificationText {
  private VerificationText() {}

  /** One line when all is well, else one a finding; nothing in them a terminal obeys. */
  static List<String> lines(VerificationReport report) {
    if (report.good()) {
      String opened = report.opened() == 0 ? "" : ", " + report.opened() + " payloads opened";
      return List.of(
          report.instance() + ": " + report.records() + " records verified, "
              + report.checkpoints() + " checkpoints, " + report.covered()
              + " covered by a checkpoint, " + report.unsettled() + " unsettled, "
              + report.erased() + " erased" + opened);
    }
    List<String> lines = new ArrayList<>();
    for (Finding finding : report.findings()) {
      // a problem may quote what a forger wrote
      lines.add(
          VisibleText.of(
              report.instance() + ": record " + finding.sequence() + ": " + finding.problem()));
    }
    return lines;
  }

  static JsonObject document(VerificationReport report) {
    List<JsonValue> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      findings.add(
          JsonObject.builder()
              .put("record", finding.sequence())
              .put("problem", finding.problem())
              .build());
    }
    return JsonObject.builder()
        .put("instance", report.instance())
        .put("good", report.good())
        .put("records", report.records())
        .put("removed", report.removed())
        .put("checkpoints", report.checkpoints())
        .put("covered", report.covered())
        .put("unsettled", report.unsettled())
        .put("erased", report.erased())
        .put("opened", report.opened())
        .put("findings", new JsonArray(findings))
        .build();
  }
}
