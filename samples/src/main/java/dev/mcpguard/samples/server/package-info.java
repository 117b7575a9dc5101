/** What both sample tool servers are made of: tools described once, arguments, options, files. */
@NullMarked
package dev.mcpguard.samples.server;

import org.jspecify.annotations.NullMarked;
