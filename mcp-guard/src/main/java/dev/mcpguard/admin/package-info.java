/**
 * The guard's own tools: an in-process tool server behind the gate, so that administration is a tool
 * call like any other (identity, class, intent, policy, durable admission, terminal record). What the
 * verbs do is given by {@code app}.
 */
@NullMarked
package dev.mcpguard.admin;

import org.jspecify.annotations.NullMarked;
