/**
 * What a policy author works with: query, test, explain, measure and compare, over the same files and
 * engine the guard decides with. Speaks in the guard's JSON; the engine's types stay inside.
 */
@NullMarked
package dev.mcpguard.policy.workbench;

import org.jspecify.annotations.NullMarked;
