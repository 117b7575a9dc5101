/** The verbs of the command line. Exit codes: {@link dev.mcpguard.app.command.ExitCode}. */
@NullMarked
package dev.mcpguard.app.command;

import org.jspecify.annotations.NullMarked;
