package dev.mcpguard.model;

/**
 * A request the front could not read or does not accept. It passes the gate all the same: the caller
 * is verified first (a bad token is answered as such), and the refusal is recorded.
 *
 * @param facts the request, as far as it could be read
 * @param refusal why it is not accepted
 */
public record Misread(RequestFacts facts, Refusal refusal) implements GatedRequest {}
