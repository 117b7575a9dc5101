/**
 * A remote OPA server as decision point, through the OPA Java client with what that client lacks: a
 * deadline, a size limit, and a strict reading of the answer. Jackson stays inside this package.
 */
@NullMarked
package dev.mcpguard.policy.opa;

import org.jspecify.annotations.NullMarked;
