package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.registry.poison.PoisonCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of the guard's findings stands after an approver's override. Pure. */
final class StandingFindings {
  private StandingFindings() {}

  /** The finding about the class: the guard's, or what an override in force says instead. */
  static @Nullable ClassFinding about(
      RegisteredTool tool, Digest live, @Nullable ClassFinding finding) {
    FindingOverride override = inForce(tool, live);
    RiskClass said = override == null ? null : override.riskClass();
    if (said == null) {
      return finding;
    }
    return new ClassFinding(new Classification(said, Set.of()), "an approver holds it for this");
  }

  /** Why findings keep the tool from being served, or null if none does. */
  static @Nullable String blocked(
      RegisteredTool tool, Digest live, @Nullable ClassFinding finding) {
    EnumSet<PoisonCode> left = EnumSet.noneOf(PoisonCode.class);
    if (finding != null) {
      left.addAll(finding.blocking());
    }
    FindingOverride override = inForce(tool, live);
    if (override != null) {
      left.removeAll(override.findings());
    }
    return left.isEmpty()
        ? null
        : "its definition holds "
            + left.stream().map(PoisonCode::text).collect(Collectors.joining(", "))
            + ", which nobody accepted";
  }

  private static @Nullable FindingOverride inForce(RegisteredTool tool, Digest live) {
    FindingOverride override = tool.declaration().standing().override();
    return override != null && override.inForce(live, tool.owner()) ? override : null;
  }
}
