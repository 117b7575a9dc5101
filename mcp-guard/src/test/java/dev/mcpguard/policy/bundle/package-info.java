/** Bundles as the policy: what comes, what is refused, what stays. */
@NullMarked
package dev.mcpguard.policy.bundle;

import org.jspecify.annotations.NullMarked;
