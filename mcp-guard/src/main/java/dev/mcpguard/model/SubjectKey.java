package dev.mcpguard.model;

/**
 * A subject, whichever of its clients it comes by: the client is left out on purpose, or a subject
 * with many clients would be many in every limit (threat D8).
 */
public record SubjectKey(String issuer, String subject) {}
