package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of these texts, exactly. Where classes are given, a choice proves its class and one without a
 * class counts as admin.
 */
public record ChoiceRule(
    JsonPointer argument, boolean optional, Set<String> values, Map<String, RiskClass> classes)
    implements ArgumentRule {
  public ChoiceRule {
    values = Set.copyOf(values);
    classes = Map.copyOf(classes);
  }

  /** The class this choice proves, or null when the rule proves none. */
  @Nullable RiskClass classOf(String value) {
    return classes.isEmpty() ? null : classes.getOrDefault(value, RiskClass.ADMIN);
  }

  @Override
  public @Nullable RiskClass widest() {
    if (optional || classes.isEmpty()) {
      return null;
    }
    RiskClass widest = RiskClass.READ;
    for (String value : values) {
      widest = widest.max(classes.getOrDefault(value, RiskClass.ADMIN));
    }
    return widest;
  }

  @Override
  public boolean decides() {
    return !classes.isEmpty();
  }
}
