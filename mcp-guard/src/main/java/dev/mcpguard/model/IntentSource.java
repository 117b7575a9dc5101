package dev.mcpguard.model;

import java.util.Locale;

/** Where a declared intent came from, weakest first. Set by the guard alone, never by the caller. */
public enum IntentSource {
  /** The agent's registered default purpose: the caller declared nothing. */
  REGISTERED_DEFAULT,
  /** Said by the caller itself, in {@code _meta} or in flat arguments. */
  ASSERTED,
  /** In the verified token (RFC 9396 {@code authorization_details}). */
  ISSUER_COMMITTED,
  /** Signed by the user. */
  USER_SIGNED,
  /** Approved by a person for this very intent. */
  HUMAN_APPROVED;

  /** The spelling in policy input and records: {@code issuer_committed}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
