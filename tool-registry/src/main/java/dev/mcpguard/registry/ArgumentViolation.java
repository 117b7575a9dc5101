package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;

/**
 * A rule that a call breaks. Immutable; holds nothing of the argument's value, so it may be logged
 * and returned.
 */
public record ArgumentViolation(JsonPointer argument, String problem) {
  @Override
  public String toString() {
    return argument + ": " + problem;
  }
}
