package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.model.RecordKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold between records, whatever their hashes say. Memory: the open admissions. */
final class LeafRules {
  private final Map<String, Long> open = new HashMap<>();

  /** What is wrong with the leaf, or null. */
  @Nullable String check(LeafScan leaf, long sequence) {
    if (leaf.number("seq") != sequence) {
      return "says it is record " + leaf.raw("seq");
    }
    String decisionId = leaf.raw("decision_id");
    String kind = leaf.string("kind");
    if (decisionId == null || kind == null || leaf.number("schema") < 1) {
      return "lacks a member every record has";
    }
    if (kind.equals(RecordKind.ADMISSION.text())) {
      Long earlier = open.put(decisionId, sequence);
      return earlier == null ? null : "admits again what record " + earlier + " admitted";
    }
    if (kind.equals(RecordKind.OUTCOME.text()) && leaf.raw("admission") != null) {
      Long admitted = open.remove(decisionId);
      boolean known = admitted != null && admitted == leaf.number("admission");
      return known ? null : "settles record " + leaf.raw("admission") + ", which is not open";
    }
    return null;
  }

  long unsettled() {
    return open.size();
  }
}
