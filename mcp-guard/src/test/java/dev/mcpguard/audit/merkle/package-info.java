@NullMarked
package dev.mcpguard.audit.merkle;

import org.jspecify.annotations.NullMarked;
