@NullMarked
package dev.mcpguard.downstream.wire;

import org.jspecify.annotations.NullMarked;
