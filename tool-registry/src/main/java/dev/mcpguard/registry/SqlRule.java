package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import org.jspecify.annotations.Nullable;

/** SQL text of at most this class; proves the class {@link SqlText} reads out of the statements. */
public record SqlRule(JsonPointer argument, boolean optional, RiskClass ceiling)
    implements ArgumentRule {
  @Override
  public @Nullable RiskClass widest() {
    return optional ? null : ceiling;
  }

  @Override
  public boolean decides() {
    return true;
  }
}
