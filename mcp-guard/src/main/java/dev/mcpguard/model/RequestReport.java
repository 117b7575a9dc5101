package dev.mcpguard.model;

import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param target what it was about, or {@link RequestTarget#NONE}
 * @param riskClass the class it was judged by, or {@code unknown}
 * @param decision what policy said: {@code permit}, {@code deny}, {@code indeterminate}, or {@code
 *     none} when it was not asked
 * @param agent the registered agent, or null for a stranger
 * @param answer what the client is told
 * @param nanos from the gate's first step to the terminal record
 */
public record RequestReport(
    RequestTarget target,
    String riskClass,
    String decision,
    @Nullable String agent,
    Answer answer,
    long nanos) {}
