/** Searching logs, and what people see of them: tables, one record on a screen, trees, counts. */
@NullMarked
package dev.mcpguard.audit.query;

import org.jspecify.annotations.NullMarked;
