package dev.mcpguard.app.config;

/**
 * The guard's own tools, switched on. Immutable.
 *
 * @param owner who answers for this guard
 * @param contact how to reach the owner
 */
public record AdminConfiguration(String owner, String contact) {
  public AdminConfiguration {
    if (owner.isBlank() || contact.isBlank()) {
      throw new IllegalArgumentException("owner and contact have words");
    }
  }
}
