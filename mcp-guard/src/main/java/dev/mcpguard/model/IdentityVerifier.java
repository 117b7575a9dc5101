package dev.mcpguard.model;

/**
 * PIP for the caller: from a credential to a {@link Principal}. Implementations are thread-safe,
 * bounded in time, and never let the credential's text out.
 */
@FunctionalInterface
public interface IdentityVerifier {

  /** Verifies {@code credential} for {@code route}; every failure is a value. */
  Identification verify(Credential credential, Route route);
}
