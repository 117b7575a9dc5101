package dev.mcpguard.app.wiring;

import dev.mcpguard.front.FrontMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Prometheus text exposition format 0.0.4. Written by hand: the Prometheus libraries that resolve
 * need an artefact that does not (decision 0004).
 */
final class MetricsText {
  private final StringBuilder text = new StringBuilder(1024);

  /** Everything the front knows. */
  MetricsText front(FrontMetrics metrics) {
    describe("mcpguard_requests_total", "counter", "requests by outcome");
    for (Map.Entry<String, Long> outcome : new TreeMap<>(metrics.requestsByOutcome()).entrySet()) {
      text.append("mcpguard_requests_total{outcome=\"")
          .append(escaped(outcome.getKey()))
          .append("\"} ")
          .append(outcome.getValue())
          .append('\n');
    }
    gauge("mcpguard_connections", "open client connections", metrics.openConnections());
    gauge("mcpguard_requests_running", "requests inside the gate", metrics.requestsRunning());
    return gauge("mcpguard_sessions", "legacy sessions", metrics.sessions());
  }

  /** One gauge without labels. */
  MetricsText gauge(String name, String help, double value) {
    describe(name, "gauge", help);
    text.append(name).append(' ').append(number(value)).append('\n');
    return this;
  }

  /** One gauge of several, by one label. */
  MetricsText gauges(String name, String help, String label, Map<String, Double> values) {
    describe(name, "gauge", help);
    new TreeMap<>(values)
        .forEach(
            (key, value) ->
                text.append(name)
                    .append('{')
                    .append(label)
                    .append("=\"")
                    .append(escaped(key))
                    .append("\"} ")
                    .append(number(value))
                    .append('\n'));
    return this;
  }

  private void describe(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
