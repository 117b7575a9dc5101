package dev.mcpguard.model;

/**
 * The call log cannot make a record durable. The log stays unavailable until an operator acts: a
 * failed sync is never retried into success (invariant 5).
 */
public final class AuditUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public AuditUnavailableException(String message) {
    super(message);
  }

  public AuditUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
