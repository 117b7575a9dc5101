package dev.mcpguard.system;

import dev.mcpguard.app.command.Failures;
import dev.mcpguard.app.command.GuardCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a verb of {@code mcp-guard} prints, and how it exits.
 *
 * @param text standard output and standard error
 */
record GuardOutput(int exit, String text) {

  static GuardOutput of(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    int exit =
        new CommandLine(new GuardCommand())
            .setExecutionExceptionHandler(new Failures())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(writer)
            .setErr(writer)
            .execute(arguments);
    return new GuardOutput(exit, text.toString());
  }
}
