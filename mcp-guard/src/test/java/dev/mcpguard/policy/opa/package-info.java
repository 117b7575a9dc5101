@NullMarked
package dev.mcpguard.policy.opa;

import org.jspecify.annotations.NullMarked;
