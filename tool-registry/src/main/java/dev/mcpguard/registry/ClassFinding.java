package dev.mcpguard.registry;

import dev.mcpguard.registry.poison.PoisonCode;
import java.util.Set;

/**
 * What the guard itself holds a definition for: the class its classifier gives it, and what in it
 * keeps it from being served. Immutable. {@link LiveCatalogue} applies an approver's override.
 *
 * @param reason in words, for people
 * @param blocking the findings that quarantine the tool unless an override accepts each
 */
public record ClassFinding(
    Classification classification, String reason, Set<PoisonCode> blocking) {
  public ClassFinding {
    blocking = Set.copyOf(blocking);
  }

  /** A finding about the class alone. */
  public ClassFinding(Classification classification, String reason) {
    this(classification, reason, Set.of());
  }
}
