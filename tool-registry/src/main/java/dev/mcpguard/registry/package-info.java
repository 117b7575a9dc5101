/**
 * The tool registry: one manifest per server, a risk class per tool, a digest per definition. Pure
 * values and functions over files; nothing here talks to a server.
 */
@NullMarked
package dev.mcpguard.registry;

import org.jspecify.annotations.NullMarked;
