package dev.mcpguard.model;

/**
 * Proof that an admission record is durable.
 *
 * @param sequence its sequence number in this instance's log
 * @param decisionId the request's decision id
 */
public record Admission(long sequence, String decisionId) {}
