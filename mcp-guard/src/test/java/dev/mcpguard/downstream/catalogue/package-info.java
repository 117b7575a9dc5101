@NullMarked
package dev.mcpguard.downstream.catalogue;

import org.jspecify.annotations.NullMarked;
