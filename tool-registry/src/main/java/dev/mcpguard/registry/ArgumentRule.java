package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import org.jspecify.annotations.Nullable;

/**
 * What one argument of a tool may be. {@link ArgumentJudge} applies it. Immutable. An argument may
 * be one text or a list of texts; each is judged. A required argument that is absent is a
 * violation: what the server would then do is unknown.
 */
public sealed interface ArgumentRule
    permits PathRule, HostRule, UrlRule, AmountRule, SqlRule, RecipientRule, ChoiceRule, TextRule {

  /** Which argument, from the root of the arguments. */
  JsonPointer argument();

  /** Whether it may be left out. */
  boolean optional();

  /**
   * The widest class that a call which keeps this rule can have, or null when it proves nothing.
   */
  default @Nullable RiskClass widest() {
    return null;
  }

  /** Whether the class of a call depends on this argument. */
  default boolean decides() {
    return false;
  }
}
