package dev.mcpguard.registry.poison;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings, at most a bounded number of each kind. Not thread-safe. */
final class Findings {
  private static final int MOST_PER_CODE = 20;
  private final List<PoisonFinding> found = new ArrayList<>();
  private final Map<PoisonCode, Integer> counts = new EnumMap<>(PoisonCode.class);

  void block(PoisonCode code, String place, String words) {
    add(new PoisonFinding(code, place, PoisonFinding.Severity.BLOCK, words));
  }

  void warn(PoisonCode code, String place, String words) {
    add(new PoisonFinding(code, place, PoisonFinding.Severity.WARN, words));
  }

  void info(PoisonCode code, String place, String words) {
    add(new PoisonFinding(code, place, PoisonFinding.Severity.INFO, words));
  }

  void add(PoisonFinding finding) {
    boolean first = finding.severity() == PoisonFinding.Severity.BLOCK
        && found.stream().noneMatch(f -> f.code() == finding.code()
            && f.severity() == PoisonFinding.Severity.BLOCK);
    // INVARIANT: a flood of lesser findings never hides the first that blocks
    if (counts.merge(finding.code(), 1, Integer::sum) <= MOST_PER_CODE || first) {
      found.add(finding);
    }
  }

  List<PoisonFinding> list() {
    return List.copyOf(found);
  }
}
