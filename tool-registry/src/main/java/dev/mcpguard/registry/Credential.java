package dev.mcpguard.registry;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the guard shows a tool server; a reference, never the secret. Immutable. */
public sealed interface Credential {
  /** The server asks for nothing. */
  record None() implements Credential {}

  /**
   * A static bearer token.
   *
   * @param rotated when the secret was last changed; null when nobody wrote it down
   * @param rotateBy when it must have been changed again; a secret without one is a finding of lint
   */
  record Bearer(SecretReference secret, @Nullable LocalDate rotated, @Nullable LocalDate rotateBy)
      implements Credential {}
}
