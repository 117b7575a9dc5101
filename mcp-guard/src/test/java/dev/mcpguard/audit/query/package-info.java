@NullMarked
package dev.mcpguard.audit.query;

import org.jspecify.annotations.NullMarked;
