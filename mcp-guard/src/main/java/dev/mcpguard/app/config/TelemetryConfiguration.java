package dev.mcpguard.app.config;

import dev.mcpguard.registry.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code telemetry}: where OpenTelemetry data goes.
 *
 * @param endpoint base URL of an OTLP/HTTP receiver
 * @param headers names of request headers and where their values are found
 * @param authorities PEM of whom to trust, or null for the JVM's own
 * @param certificate PEM chain of the guard as a client, or null
 * @param key PEM key of the guard as a client, or null
 * @param every time between two exports of metrics
 * @param timeout the most one export may take
 * @param queue finished spans that may wait
 * @param sampling share of new traces that are kept, 0 to 1
 * @param resource attributes of everything sent
 */
public record TelemetryConfiguration(
    URI endpoint,
    Map<String, SecretReference> headers,
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path key,
    Duration every,
    Duration timeout,
    int queue,
    double sampling,
    Map<String, String> resource) {

  public TelemetryConfiguration {
    headers = Map.copyOf(headers);
    resource = Map.copyOf(resource);
  }
}
