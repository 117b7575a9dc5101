@NullMarked
package dev.mcpguard.downstream.stdio;

import org.jspecify.annotations.NullMarked;
