package dev.mcpguard.app;

import dev.mcpguard.app.command.Failures;
import dev.mcpguard.app.command.GuardCommand;
import picocli.CommandLine;

/** Entry point of {@code mcp-guard}. */
public final class Main {
  private Main() {}

  /** Runs one verb and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new GuardCommand())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }
}
