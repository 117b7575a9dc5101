package dev.mcpguard.publish.telemetry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where telemetry goes and how much of it.
 *
 * @param endpoint base URL of an OTLP/HTTP receiver; {@code /v1/traces} and {@code /v1/metrics} are
 *     appended
 * @param headers request headers, asked for at every export: a rotated secret needs no restart
 * @param tls certificates, or null for the JVM's own trust
 * @param every time between two exports of metrics
 * @param timeout the most one export may take
 * @param queue the most finished spans that wait; more are dropped and counted
 * @param sampling share of traces without a parent that are kept, 0 to 1; a sampled parent is kept
 * @param resource attributes of every span and metric
 */
public record TelemetrySettings(
    URI endpoint,
    Supplier<Map<String, String>> headers,
    @Nullable Tls tls,
    Duration every,
    Duration timeout,
    int queue,
    double sampling,
    Map<String, String> resource) {

  public TelemetrySettings {
    resource = Map.copyOf(resource);
    if (!(sampling >= 0 && sampling <= 1)) {
      throw new IllegalArgumentException("a sampling share lies between 0 and 1");
    }
    if (queue < 1) {
      throw new IllegalArgumentException("a queue holds at least one span");
    }
  }

  /**
   * PEM files.
   *
   * @param authorities whom to trust, or null for the JVM's own
   * @param certificate the guard's own chain, or null for none
   * @param key its private key (PKCS #8), or null for none
   */
  public record Tls(
      @Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {}

  /** The URL of one signal. */
  String url(String signal) {
    String base = endpoint.toString();
    return (base.endsWith("/") ? base : base + "/") + "v1/" + signal;
  }

  /** INVARIANT: no header value is printed. */
  @Override
  public String toString() {
    return "TelemetrySettings[" + endpoint + "]";
  }
}
