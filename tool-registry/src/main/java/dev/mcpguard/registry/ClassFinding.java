package dev.mcpguard.registry;

/**
 * What somebody other than the author holds a tool for: the guard's classifier. Immutable. Whether
 * an approver overrode it is the caller's to know; an overridden finding is not passed on.
 *
 * @param reason in words, for people
 */
public record ClassFinding(Classification classification, String reason) {}
