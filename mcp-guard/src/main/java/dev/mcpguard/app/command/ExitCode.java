package dev.mcpguard.app.command;

/** Exit codes of every verb; documented in {@code docs/command-line.md}. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** The verb worked and found something wrong: a bad record, a failed test, a changed decision. */
  static final int FOUND = 1;

  /** The command line cannot be used. */
  static final int USAGE = 2;

  /** The configuration, registry, agents or policies have findings. */
  static final int CONFIGURATION = 3;

  /** Something the verb needs is not there or does not answer. */
  static final int UNAVAILABLE = 4;

  private ExitCode() {}
}
