package dev.mcpguard.app.config;

import dev.mcpguard.policy.bundle.BundleSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The decision point.
 *
 * @param folder the policy files; with a remote OPA too, since replay decides from them
 * @param bundle the bundle that holds them instead, or null
 * @param opa the OPA server that decides, or null for the embedded engine
 * @param deadline the most a decision may take
 */
public record PolicyConfiguration(
    Path folder, @Nullable BundleSettings bundle, @Nullable Remote opa, Duration deadline) {

  /**
   * A remote OPA server.
   *
   * @param url its base URL
   * @param tokenFile file with the bearer token it asks for, or null
   * @param authorities PEM of the only authorities trusted, or null for those of the JDK
   */
  public record Remote(URI url, @Nullable Path tokenFile, @Nullable Path authorities) {}
}
