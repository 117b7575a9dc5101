package dev.mcpguard.publish.telemetry;

import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Traces and metrics of every request, sent by OTLP over HTTP on threads of their own. A collector
 * that is away, slow or lying costs dropped telemetry, which is counted, and nothing else.
 * Thread-safe; close it once.
 */
public final class Telemetry implements RequestObserver, AutoCloseable {
  private static final String SCOPE = "dev.mcpguard";
  private static final Duration COMPANY = Duration.ofSeconds(2);
  private static final long LAST_WORDS_SECONDS = 3;

  private final CountedSpans spans;
  private final CountedMetrics exports;
  private final SdkTracerProvider traces;
  private final SdkMeterProvider meters;
  private final Tracer tracer;
  private final Instruments instruments;
  private final Function<String, ServerPeer> peers;

  private Telemetry(
      TelemetrySettings settings,
      Exporters exporters,
      Function<String, ServerPeer> peers,
      Resource resource) {
    this.peers = peers;
    this.spans =
        new CountedSpans(exporters.spans(), settings.queue(), COMPANY, settings.timeout());
    this.exports = exporters.metrics();
    this.traces =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampling())))
            .addSpanProcessor(spans)
            .build();
    this.meters =
        SdkMeterProvider.builder()
            .setResource(resource)
            .registerMetricReader(
                PeriodicMetricReader.builder(exports).setInterval(settings.every()).build())
            .build();
    this.tracer = traces.get(SCOPE);
    this.instruments = Instruments.of(meters.get(SCOPE));
  }

  /** The two ways out. */
  private record Exporters(OtlpHttpSpanExporter spans, CountedMetrics metrics) {}

  /**
   * Starts to send.
   *
   * @param peers how a server is reached
   * @throws IOException when a certificate or key cannot be read
   */
  public static Telemetry start(TelemetrySettings settings, Function<String, ServerPeer> peers)
      throws IOException {
    ResourceBuilder resource = Resource.getDefault().toBuilder();
    settings
        .resource()
        .forEach((name, value) -> resource.put(AttributeKey.stringKey(name), value));
    return new Telemetry(settings, exporters(settings), peers, resource.build());
  }

  private static Exporters exporters(TelemetrySettings settings) throws IOException {
    OtlpHttpSpanExporterBuilder spans =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.url("traces"))
            .setHeaders(settings.headers())
            .setTimeout(settings.timeout())
            .setConnectTimeout(settings.timeout())
            .setCompression("gzip");
    OtlpHttpMetricExporterBuilder metrics =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(settings.url("metrics"))
            .setHeaders(settings.headers())
            .setTimeout(settings.timeout())
            .setConnectTimeout(settings.timeout())
            .setCompression("gzip");
    TelemetrySettings.Tls tls = settings.tls();
    if (tls != null) {
      trust(tls.authorities(), spans::setTrustedCertificates, metrics::setTrustedCertificates);
      identify(tls, spans::setClientTls);
      identify(tls, metrics::setClientTls);
    }
    return new Exporters(spans.build(), new CountedMetrics(metrics.build()));
  }

  @SafeVarargs
  private static void trust(
      @Nullable Path authorities, java.util.function.Consumer<byte[]>... exporters)
      throws IOException {
    if (authorities != null) {
      byte[] pem = Files.readAllBytes(authorities);
      for (java.util.function.Consumer<byte[]> exporter : exporters) {
        exporter.accept(pem);
      }
    }
  }

  private static void identify(TelemetrySettings.Tls tls, BiConsumer<byte[], byte[]> exporter)
      throws IOException {
    Path certificate = tls.certificate();
    Path key = tls.key();
    if (certificate != null && key != null) {
      // the library takes the key first
      exporter.accept(Files.readAllBytes(key), Files.readAllBytes(certificate));
    }
  }

  @Override
  public Observation begin(RequestFacts facts) {
    return new SpanObservation(facts, tracer, instruments, peers);
  }

  /** A legacy session of a client ended. */
  public void clientSessionEnded(ProtocolVersion version, Duration lasted) {
    instruments
        .serverSession()
        .record(
            lasted.toNanos() / 1e9,
            io.opentelemetry.api.common.Attributes.of(Names.VERSION, version.text()));
  }

  /** Spans that reached the collector. */
  public long spansSent() {
    return spans.sent();
  }

  /** Spans that did not fit the queue. */
  public long spansDropped() {
    return spans.dropped();
  }

  /** Spans in exports that failed. */
  public long spansFailed() {
    return spans.failed();
  }

  /** Exports of metrics that failed. */
  public long metricExportsFailed() {
    return exports.failed();
  }

  /** Sends what waits, for a moment; a collector that does not answer holds nothing up longer. */
  @Override
  public void close() {
    var traced = traces.shutdown();
    var measured = meters.shutdown();
    traced.join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    measured.join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
  }
}
