@NullMarked
package dev.mcpguard.samples.tour;

import org.jspecify.annotations.NullMarked;
