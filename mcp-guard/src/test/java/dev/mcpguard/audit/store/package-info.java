@NullMarked
package dev.mcpguard.audit.store;

import org.jspecify.annotations.NullMarked;
