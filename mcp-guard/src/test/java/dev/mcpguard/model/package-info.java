@NullMarked
package dev.mcpguard.model;

import org.jspecify.annotations.NullMarked;
