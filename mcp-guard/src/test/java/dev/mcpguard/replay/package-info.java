@org.jspecify.annotations.NullMarked
package dev.mcpguard.replay;
