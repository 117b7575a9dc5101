/**
 * The decision point (PDP): policy files, the embedded Rego engine, and what an answer means. A remote
 * OPA server is in {@code policy.opa}.
 */
@NullMarked
package dev.mcpguard.policy;

import org.jspecify.annotations.NullMarked;
