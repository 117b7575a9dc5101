package dev.mcpguard.audit.proof;

/**
 * Something wrong with a log.
 *
 * @param sequence the first record it concerns
 * @param problem what is wrong, for people
 */
public record Finding(long sequence, String problem) {}
