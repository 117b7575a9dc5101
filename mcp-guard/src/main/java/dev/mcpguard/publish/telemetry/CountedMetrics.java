package dev.mcpguard.publish.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/** Counts exports of metrics that failed; what they said is in the next one. Thread-safe. */
final class CountedMetrics implements MetricExporter {
  private final MetricExporter exporter;
  private final LongAdder failed = new LongAdder();

  CountedMetrics(MetricExporter exporter) {
    this.exporter = exporter;
  }

  long failed() {
    return failed.sum();
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    CompletableResultCode result = exporter.export(metrics);
    return result.whenComplete(
        () -> {
          if (!result.isSuccess()) {
            failed.increment();
          }
        });
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return exporter.getAggregationTemporality(type);
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
