@NullMarked
package dev.mcpguard.samples.quickstart;

import org.jspecify.annotations.NullMarked;
