@NullMarked
package dev.mcpguard.audit.keep;

import org.jspecify.annotations.NullMarked;
