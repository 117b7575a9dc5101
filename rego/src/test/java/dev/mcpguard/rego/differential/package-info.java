@NullMarked
package dev.mcpguard.rego.differential;

import org.jspecify.annotations.NullMarked;
