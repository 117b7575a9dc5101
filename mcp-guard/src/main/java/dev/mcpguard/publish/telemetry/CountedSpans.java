package dev.mcpguard.publish.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands finished spans to a batch that is sent on a thread of its own. What does not fit is dropped
 * and counted, exactly: the batch's own queue drops without a count. Thread-safe; never blocks a
 * caller.
 */
final class CountedSpans implements SpanProcessor {
  private static final int BATCH = 512;

  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final BatchSpanProcessor batches;

  /**
   * @param most spans that may wait
   * @param delay the most a span waits for company
   * @param timeout the most one export may take
   */
  CountedSpans(SpanExporter exporter, int most, Duration delay, Duration timeout) {
    this.most = most;
    this.batches =
        BatchSpanProcessor.builder(new Counting(exporter))
            .setMaxQueueSize(most)
            .setMaxExportBatchSize(Math.min(BATCH, most))
            .setScheduleDelay(delay)
            .setExporterTimeout(timeout.plusSeconds(1))
            .build();
  }

  long sent() {
    return sent.sum();
  }

  long dropped() {
    return dropped.sum();
  }

  long failed() {
    return failed.sum();
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (!span.getSpanContext().isSampled()) {
      return;
    }
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      dropped.increment();
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  /** Counts what became of each batch. */
  private final class Counting implements SpanExporter {
    private final SpanExporter exporter;

    Counting(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int size = spans.size();
      CompletableResultCode result = exporter.export(spans);
      return result.whenComplete(
          () -> {
            waiting.addAndGet(-size);
            (result.isSuccess() ? sent : failed).add(size);
          });
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
}
