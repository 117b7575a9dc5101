/** The operational log: its formats and its level. The only package that knows Logback. */
@NullMarked
package dev.mcpguard.app.log;

import org.jspecify.annotations.NullMarked;
