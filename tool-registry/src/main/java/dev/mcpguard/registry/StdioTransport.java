package dev.mcpguard.registry;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A child process spoken to over its standard streams, started without a shell and with exactly
 * this environment. Immutable.
 *
 * @param command the program and its arguments, at least the program
 */
public record StdioTransport(
    List<String> command, Map<String, EnvironmentValue> environment, Era era) implements Transport {

  /** The value of an environment variable. */
  public sealed interface EnvironmentValue {
    /** Written in the manifest; not secret. */
    record Plain(String value) implements EnvironmentValue {}

    /**
     * Read when the process is started.
     *
     * @param rotateBy when it must have been changed; a secret without one is a finding of lint
     */
    record Secret(SecretReference reference, @Nullable LocalDate rotateBy)
        implements EnvironmentValue {}
  }

  public StdioTransport {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.stream().anyMatch(part -> part.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a command needs a program and no nul character");
    }
  }
}
