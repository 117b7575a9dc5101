package dev.mcpguard.app.config;

import dev.mcpguard.identity.IssuerSettings;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A pinned issuer and where its keys are.
 *
 * @param settings its rules
 * @param keys where its JWK set is
 */
public record IssuerConfiguration(IssuerSettings settings, Keys keys) {

  /** Where a JWK set is. */
  public sealed interface Keys {}

  /** In a file, read again when it changes. */
  public record KeyFile(Path path) implements Keys {}

  /** At an https URL (http on loopback only), trusting these authorities or, if null, the JDK's. */
  public record KeyUrl(URI url, @Nullable Path authorities) implements Keys {}
}
