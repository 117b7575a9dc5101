package dev.mcpguard.publish.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Prometheus text exposition format 0.0.4. Written by hand: the Prometheus libraries that resolve
 * need an artefact that does not (decision 0004). Confined to one thread.
 */
public final class MetricsText {
  private final StringBuilder text = new StringBuilder(8192);

  /** One gauge without labels. */
  public MetricsText gauge(String name, String help, double value) {
    describe(name, "gauge", help);
    return sample(name, Labels.NONE, value);
  }

  /** One gauge of several, by one label. */
  public MetricsText gauges(String name, String help, String label, Map<String, Double> values) {
    describe(name, "gauge", help);
    new TreeMap<>(values).forEach((key, value) -> sample(name, Labels.of(label, key), value));
    return this;
  }

  /** One counter without labels; its name ends in {@code _total}. */
  public MetricsText counter(String name, String help, double value) {
    describe(name, "counter", help);
    return sample(name, Labels.NONE, value);
  }

  /** One counter of several, by one label. */
  public MetricsText counters(
      String name, String help, String label, Map<String, ? extends Number> values) {
    describe(name, "counter", help);
    new TreeMap<>(values)
        .forEach((key, value) -> sample(name, Labels.of(label, key), value.doubleValue()));
    return this;
  }

  MetricsText counters(String name, String help, Map<Labels, Long> values) {
    describe(name, "counter", help);
    new TreeMap<>(values).forEach((labels, value) -> sample(name, labels, value));
    return this;
  }

  MetricsText histograms(String name, String help, Map<Labels, Histogram.Reading> readings) {
    describe(name, "histogram", help);
    new TreeMap<>(readings).forEach((labels, reading) -> histogram(name, labels, reading));
    return this;
  }

  /** A histogram without labels. */
  public MetricsText histogram(String name, String help, Histogram histogram) {
    describe(name, "histogram", help);
    histogram(name, Labels.NONE, histogram.read());
    return this;
  }

  private void histogram(String name, Labels labels, Histogram.Reading reading) {
    long cumulated = 0;
    List<Double> bounds = reading.bounds();
    for (int i = 0; i < bounds.size(); i++) {
      cumulated += reading.counts().get(i);
      sample(name + "_bucket", labels.and("le", number(bounds.get(i))), cumulated);
    }
    cumulated += reading.counts().getLast();
    sample(name + "_bucket", labels.and("le", "+Inf"), cumulated);
    sample(name + "_sum", labels, reading.sum());
    sample(name + "_count", labels, cumulated);
  }

  private MetricsText sample(String name, Labels labels, double value) {
    text.append(name).append(labels.text()).append(' ').append(number(value)).append('\n');
    return this;
  }

  private void describe(String name, String type, String help) {
    String oneLine = help.replace("\\", "\\\\").replace("\n", "\\n");
    text.append("# HELP ").append(name).append(' ').append(oneLine).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
