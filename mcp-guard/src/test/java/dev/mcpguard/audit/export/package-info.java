@NullMarked
package dev.mcpguard.audit.export;

import org.jspecify.annotations.NullMarked;
