package dev.mcpguard.app.wiring;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.config.TelemetryConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.publish.BothObservers;
import dev.mcpguard.publish.metrics.GateMetrics;
import dev.mcpguard.publish.telemetry.ServerPeer;
import dev.mcpguard.publish.telemetry.Telemetry;
import dev.mcpguard.publish.telemetry.TelemetrySettings;
import dev.mcpguard.registry.HttpTransport;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.StdioTransport;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whoever measures requests: the counters behind {@code /metrics}, and telemetry if it is configured.
 * Thread-safe; close it once.
 *
 * @param metrics always on
 * @param telemetry null when nothing is sent
 */
record Observers(GateMetrics metrics, @Nullable Telemetry telemetry) implements AutoCloseable {

  static Observers open(GuardConfiguration configuration, Supplier<RegistrySnapshot> registry)
      throws ConfigException, IOException {
    TelemetryConfiguration telemetry = configuration.telemetry();
    if (telemetry != null) {
      // the library would say so in words of its own, without the file's name
      Authorities.trusting(telemetry.authorities());
    }
    return new Observers(
        new GateMetrics(),
        telemetry == null
            ? null
            : Telemetry.start(settings(telemetry), server -> peer(registry.get(), server)));
  }

  RequestObserver observer() {
    return telemetry == null ? metrics : new BothObservers(telemetry, metrics);
  }

  private static TelemetrySettings settings(TelemetryConfiguration configured) {
    return new TelemetrySettings(
        configured.endpoint(),
        () -> headers(configured),
        new TelemetrySettings.Tls(
            configured.authorities(), configured.certificate(), configured.key()),
        configured.every(),
        configured.timeout(),
        configured.queue(),
        configured.sampling(),
        configured.resource());
  }

  /** A secret that cannot be read now is left out: the collector then refuses, which is counted. */
  private static Map<String, String> headers(TelemetryConfiguration configured) {
    Map<String, String> headers = new HashMap<>();
    configured
        .headers()
        .forEach(
            (name, reference) -> {
              String value = SecretValue.of(reference);
              if (value != null) {
                headers.put(name, value);
              }
            });
    return headers;
  }

  private static ServerPeer peer(RegistrySnapshot snapshot, String server) {
    ServerManifest manifest = snapshot.manifest(server);
    if (manifest == null) {
      return new ServerPeer("tcp", "", 0);
    }
    return switch (manifest.connection().transport()) {
      case HttpTransport http -> {
        int port = http.url().getPort();
        int standard = "https".equals(http.url().getScheme()) ? 443 : 80;
        yield new ServerPeer("tcp", http.url().getHost(), port > 0 ? port : standard);
      }
      case OwnTransport own -> ServerPeer.PIPE;
      case StdioTransport stdio -> ServerPeer.PIPE;
    };
  }

  @Override
  public void close() {
    if (telemetry != null) {
      telemetry.close();
    }
  }
}
