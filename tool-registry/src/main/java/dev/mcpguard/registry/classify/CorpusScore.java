package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.RiskClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The confusion matrix of a corpus or of a part of it, and the figures read from it. */
final class CorpusScore {
  private final Map<String, Map<RiskClass, Integer>> rows = new TreeMap<>();
  private final List<Scored> entries = new ArrayList<>();

  /** One entry with what the classifier made of it. */
  record Scored(CorpusEntry entry, Suggestion suggestion) {}

  static CorpusScore of(List<CorpusEntry> entries, ToolClassifier classifier) {
    CorpusScore score = new CorpusScore();
    for (CorpusEntry entry : entries) {
      // the labels were derived from the annotations, so those are withheld
      score.add(new Scored(entry, classifier.classify(entry.tool().withoutAnnotations())));
    }
    return score;
  }

  private void add(Scored scored) {
    entries.add(scored);
    rows.computeIfAbsent(scored.entry().label(), label -> new EnumMap<>(RiskClass.class))
        .merge(scored.suggestion().riskClass(), 1, Integer::sum);
  }

  List<Scored> entries() {
    return List.copyOf(entries);
  }

  int count(String label, RiskClass suggested) {
    return rows.getOrDefault(label, Map.of()).getOrDefault(suggested, 0);
  }

  private int total(String label) {
    return rows.getOrDefault(label, Map.of()).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The share of changing tools that came out as read. */
  double changingAsRead() {
    int wrong = 0;
    for (String label : List.of("write", "destructive", "admin")) {
      wrong += count(label, RiskClass.READ);
    }
    return share(wrong, changing());
  }

  /** The share of changing tools that came out lower than labelled, admin as write included. */
  double underClassified() {
    int wrong = count("admin", RiskClass.WRITE);
    return changingAsRead() + share(wrong, changing());
  }

  private int changing() {
    return total("write") + total("destructive") + total("admin");
  }

  double adminRecall() {
    return total("admin") == 0 ? 1 : share(count("admin", RiskClass.ADMIN), total("admin"));
  }

  double readsRaised() {
    return share(total("read") - count("read", RiskClass.READ), total("read"));
  }

  /** The writes suggested as admin for a reason of the class definition. */
  int writesAdminByDefinition() {
    return (int) writesAsAdmin().stream().filter(CorpusScore::byDefinition).count();
  }

  /** The writes suggested as admin only because the words leave a doubt. */
  int writesAdminInDoubt() {
    return writesAsAdmin().size() - writesAdminByDefinition();
  }

  List<Scored> writesAsAdmin() {
    return entries.stream()
        .filter(s -> s.entry().least() == RiskClass.WRITE)
        .filter(s -> s.suggestion().riskClass() == RiskClass.ADMIN)
        .toList();
  }

  int writes() {
    return total("write") + total("destructive");
  }

  private static boolean byDefinition(Scored scored) {
    return scored.suggestion().reasons().stream()
        .map(Reason::code)
        .anyMatch(code -> code.startsWith("object-") || code.startsWith("argument-")
            || code.equals("admin-verb") || code.equals("credential")
            || code.equals("query-language") || code.equals("description-phrase"));
  }

  static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  String text(String title) {
    StringBuilder out = new StringBuilder("### ").append(title).append("\n\n");
    out.append("| label | read | write | admin | total |\n|---|---|---|---|---|\n");
    for (String label : rows.keySet()) {
      out.append("| ").append(label).append(" | ");
      for (RiskClass suggested : RiskClass.values()) {
        out.append(count(label, suggested)).append(" | ");
      }
      out.append(total(label)).append(" |\n");
    }
    return out.append(figures()).toString();
  }

  private String figures() {
    int writes = writes();
    return String.format(
        Locale.ROOT,
        "%nchanging as read %.2f %%, under-classified %.2f %%, admin recall %.1f %%, reads raised"
            + " %.1f %%, writes suggested admin: %d by definition (%.1f %%), %d in doubt (%.1f"
            + " %%)%n%n",
        100 * changingAsRead(),
        100 * underClassified(),
        100 * adminRecall(),
        100 * readsRaised(),
        writesAdminByDefinition(),
        100 * share(writesAdminByDefinition(), writes),
        writesAdminInDoubt(),
        100 * share(writesAdminInDoubt(), writes));
  }
}
