package dev.mcpguard.downstream;

import org.jspecify.annotations.Nullable;

/**
 * How a server is doing, for {@code /readyz} and the operator.
 *
 * @param server its id
 * @param answering whether calls are let through to it
 * @param problem what is wrong with its listing, or null
 * @param served how many tools are served
 * @param withheld how many listed tools are not
 * @param quarantined how many declared tools a person or a check stopped
 * @param breaker the circuit breaker: 0 closed, 1 trying, 2 open
 */
public record ServerHealth(
    String server,
    boolean answering,
    @Nullable String problem,
    int served,
    int withheld,
    int quarantined,
    int breaker) {}
