/** Runs the tests that policies bring: rules named {@code test_*} and files of cases. */
@NullMarked
package dev.mcpguard.rego.test;

import org.jspecify.annotations.NullMarked;
