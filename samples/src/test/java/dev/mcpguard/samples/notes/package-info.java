@NullMarked
package dev.mcpguard.samples.notes;

import org.jspecify.annotations.NullMarked;
