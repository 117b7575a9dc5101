@NullMarked
package dev.mcpguard.publish.witness;

import org.jspecify.annotations.NullMarked;
