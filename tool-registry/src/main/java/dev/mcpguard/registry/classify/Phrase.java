package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phrase of prose that raises.
 *
 * @param queries whether it matters only for a tool that runs queries
 */
record Phrase(
    String text, RiskClass riskClass, boolean queries, @Nullable Effect effect, String reason) {
  private static final Set<String> QUERYING =
      Set.of("query", "execute", "run", "search", "aggregate", "find", "retrieve", "evaluate");

  static List<Phrase> load() {
    return WordList.read("phrases.txt", 5).stream().map(Phrase::phrase).toList();
  }

  private static Phrase phrase(List<String> row) {
    RiskClass riskClass = RiskClass.ofText(row.get(1));
    if (riskClass == null) {
      throw new IllegalStateException("phrases.txt: no class `" + row.get(1) + "`");
    }
    return new Phrase(
        row.get(0),
        riskClass,
        row.get(2).equals("query"),
        Effect.ofText(row.get(3)),
        row.get(4));
  }

  boolean applies(NameReading name) {
    return !queries || name.tokens().stream().anyMatch(QUERYING::contains);
  }
}
