@NullMarked
package dev.mcpguard.policy;

import org.jspecify.annotations.NullMarked;
