/**
 * Rego source text to syntax tree: lexer, parser, tree records and the errors that point at source.
 * Everything here is immutable and knows nothing of names, types or evaluation.
 */
@NullMarked
package dev.mcpguard.rego.syntax;

import org.jspecify.annotations.NullMarked;
