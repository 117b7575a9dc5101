package dev.mcpguard.app.command;

import dev.mcpguard.app.config.WitnessConfiguration;
import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which witness: {@code --url} and {@code --witness-key}, or the configured one. */
final class WitnessOption {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the witness (default: the configured one)")
  private @Nullable URI url;

  @Option(names = "--witness-key", paramLabel = "KEY", description = "its public key")
  private @Nullable String key;

  @Option(
      names = "--token",
      paramLabel = "REFERENCE",
      description = "where its bearer token is found: env:NAME or file:/path")
  private @Nullable String token;

  @Option(names = "--ca", paramLabel = "FILE", description = "the only authorities to trust (PEM)")
  private @Nullable Path ca;

  /** The witness to ask. */
  WitnessConfiguration witness(LogOption log, CommandLine command) throws ConfigException {
    WitnessConfiguration configured = url == null ? log.witness() : null;
    if (configured != null) {
      return configured;
    }
    if (url == null || key == null) {
      throw new CommandLine.ParameterException(
          command, "no witness is configured: give --url URL and --witness-key KEY");
    }
    SecretReference secret = token == null ? null : SecretReference.ofText(token);
    if (token != null && secret == null) {
      throw new CommandLine.ParameterException(
          command, "--token takes env:NAME or file:/path, never the token itself");
    }
    try {
      return new WitnessConfiguration(url, CosignatureKey.ofText(key), secret, PATIENCE, ca);
    } catch (IllegalArgumentException malformed) {
      throw new CommandLine.ParameterException(
          command, String.valueOf(malformed.getMessage()), malformed);
    }
  }
}
