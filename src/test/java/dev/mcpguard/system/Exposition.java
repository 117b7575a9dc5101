package dev.mcpguard.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in the Prometheus text format 0.0.4, checked as {@code promtool check metrics} would: every
 * sample described before it, names and units by convention, histograms whole and rising.
 */
final class Exposition {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)*})? "
              + "([-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf|NaN))");
  private static final Pattern LE = Pattern.compile("le=\"([^\"]+)\"");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Set<String> helped = new HashSet<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, List<double[]>> buckets = new HashMap<>();

  private Exposition() {}

  static Exposition of(String page) {
    Exposition exposition = new Exposition();
    if (!page.endsWith("\n")) {
      exposition.problems.add("the page does not end with a newline");
    }
    page.lines().forEach(exposition::line);
    exposition.types.forEach(exposition::named);
    exposition.buckets.forEach(exposition::rising);
    return exposition;
  }

  private void line(String line) {
    String[] words = line.split(" ", 4);
    if (line.startsWith("# HELP ") && words.length == 4) {
      helped.add(words[2]);
    } else if (line.startsWith("# TYPE ") && words.length == 4) {
      if (types.put(words[2], words[3]) != null) {
        problems.add(words[2] + " is described twice");
      }
    } else {
      sample(line);
    }
  }

  private void sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      problems.add("not a sample: " + line);
      return;
    }
    String name = matcher.group(1);
    String family = family(name);
    String labels = matcher.group(2) == null ? "" : matcher.group(2);
    double value = number(matcher.group(3));
    if (!types.containsKey(family) || !helped.contains(family)) {
      problems.add(name + " comes before its HELP and TYPE");
    }
    if (samples.put(name + labels, value) != null) {
      problems.add(name + labels + " is there twice");
    }
    Matcher bound = LE.matcher(labels);
    if (name.endsWith("_bucket") && bound.find()) {
      String series = family + labels.replaceAll(",?le=\"[^\"]+\"", "");
      buckets
          .computeIfAbsent(series, absent -> new ArrayList<>())
          .add(new double[] {number(bound.group(1)), value});
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private String family(String name) {
    for (String suffix : List.of("_bucket", "_sum", "_count")) {
      String family = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
      if ("histogram".equals(types.get(family))) {
        return family;
      }
    }
    return name;
  }

  private void named(String name, String type) {
    if (type.equals("counter") != name.endsWith("_total")) {
      problems.add(name + " is a " + type + ": only counters end in _total");
    }
    if (name.matches(".*_(milliseconds|ms|minutes|kilobytes|kb|mb|percent)(_.*|$)")) {
      problems.add(name + " is not in a base unit");
    }
    if (type.equals("histogram") && !name.endsWith("_seconds")) {
      problems.add(name + " does not name its unit");
    }
  }

  private void rising(String series, List<double[]> counts) {
    for (int i = 1; i < counts.size(); i++) {
      if (counts.get(i)[0] <= counts.get(i - 1)[0] || counts.get(i)[1] < counts.get(i - 1)[1]) {
        problems.add(series + " does not rise");
      }
    }
    double last = counts.getLast()[1];
    String bare = series.endsWith("{}") ? series.substring(0, series.length() - 2) : series;
    int brace = bare.indexOf('{');
    String count =
        brace < 0 ? bare + "_count" : bare.substring(0, brace) + "_count" + bare.substring(brace);
    if (counts.getLast()[0] != Double.POSITIVE_INFINITY
        || !Double.valueOf(last).equals(samples.get(count))) {
      problems.add(series + " has no +Inf bucket that equals its count " + samples.get(count));
    }
  }

  List<String> problems() {
    return problems;
  }

  Set<String> names() {
    return new TreeSet<>(types.keySet());
  }

  /** The value of a series, spelled as on the page. */
  double value(String series) {
    Double value = samples.get(series);
    if (value == null) {
      throw new AssertionError(series + " is not among " + samples.keySet());
    }
    return value;
  }
}
