@NullMarked
package dev.mcpguard.audit.note;

import org.jspecify.annotations.NullMarked;
