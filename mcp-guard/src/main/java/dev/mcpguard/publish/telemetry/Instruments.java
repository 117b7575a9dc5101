package dev.mcpguard.publish.telemetry;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/**
 * The histograms, in seconds. The conventions' bounds are too coarse for a gate in microseconds, so
 * the guard's own have finer ones.
 */
record Instruments(
    DoubleHistogram server,
    DoubleHistogram client,
    DoubleHistogram serverSession,
    DoubleHistogram decision,
    DoubleHistogram added) {

  static final List<Double> CONVENTION =
      List.of(
          0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);
  static final List<Double> FINE =
      List.of(
          0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05,
          0.1, 0.25, 0.5, 1.0);

  static Instruments of(Meter meter) {
    return new Instruments(
        histogram(meter, "mcp.server.operation.duration", "of an MCP request at the guard", CONVENTION),
        histogram(meter, "mcp.client.operation.duration", "of a request to a tool server", CONVENTION),
        histogram(meter, "mcp.server.session.duration", "of a client's session", CONVENTION),
        histogram(meter, "mcpguard.decision.duration", "from identity to the decision", FINE),
        histogram(meter, "mcpguard.added.duration", "of a request without the server's part", FINE));
  }

  private static DoubleHistogram histogram(
      Meter meter, String name, String what, List<Double> bounds) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription("duration " + what)
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }
}
