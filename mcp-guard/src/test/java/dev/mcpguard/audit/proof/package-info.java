@NullMarked
package dev.mcpguard.audit.proof;

import org.jspecify.annotations.NullMarked;
