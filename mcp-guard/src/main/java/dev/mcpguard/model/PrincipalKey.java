package dev.mcpguard.model;

/**
 * Who a session, handle or cache entry belongs to. Two principals with the same key are the same
 * caller.
 */
public record PrincipalKey(String issuer, String subject, String client) {
  /** The same without the client. */
  public SubjectKey subjectKey() {
    return new SubjectKey(issuer, subject);
  }
}
