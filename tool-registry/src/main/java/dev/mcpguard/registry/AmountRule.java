package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.math.BigDecimal;

/** A number, or text that is one, within exact decimal bounds, both included. */
public record AmountRule(
    JsonPointer argument, boolean optional, BigDecimal lowest, BigDecimal highest)
    implements ArgumentRule {
  public AmountRule {
    if (lowest.compareTo(highest) > 0) {
      throw new IllegalArgumentException("the lowest amount is above the highest");
    }
  }
}
