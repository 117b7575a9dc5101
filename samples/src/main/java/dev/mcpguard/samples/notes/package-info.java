/** A notebook on disk, served over stdio. */
@NullMarked
package dev.mcpguard.samples.notes;

import org.jspecify.annotations.NullMarked;
