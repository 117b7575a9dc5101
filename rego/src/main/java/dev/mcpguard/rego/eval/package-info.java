/**
 * The machine that runs compiled rules: steps and operands over slots, documents, memory of one
 * evaluation and its budget. Compiled parts are immutable once linked and shared by all threads.
 */
@NullMarked
package dev.mcpguard.rego.eval;

import org.jspecify.annotations.NullMarked;
