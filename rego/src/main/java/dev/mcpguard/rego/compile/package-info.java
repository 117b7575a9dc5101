/**
 * Turns checked trees into steps and operands: variables become slots, references become loops and
 * lookups, rules are indexed. Depends on the machine of {@code eval}, never the other way round.
 */
@NullMarked
package dev.mcpguard.rego.compile;

import org.jspecify.annotations.NullMarked;
