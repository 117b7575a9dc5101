/**
 * What a set of modules means before it runs: names resolved, rules grouped by path, bodies put in
 * a safe order, calls and types checked. Gives resolved trees or errors that point at source.
 */
@NullMarked
package dev.mcpguard.rego.check;

import org.jspecify.annotations.NullMarked;
