@NullMarked
package dev.mcpguard.audit;

import org.jspecify.annotations.NullMarked;
