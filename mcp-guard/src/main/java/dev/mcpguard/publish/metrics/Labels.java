package dev.mcpguard.publish.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * The labels of one series, in order. Immutable. Values come from closed sets or from configuration:
 * a caller can make up none, so the number of series is bounded.
 *
 * @param names snake case
 * @param values as many
 */
record Labels(List<String> names, List<String> values) implements Comparable<Labels> {
  static final Labels NONE = new Labels(List.of(), List.of());

  Labels {
    names = List.copyOf(names);
    values = List.copyOf(values);
    if (names.size() != values.size()) {
      throw new IllegalArgumentException("a label has a name and a value");
    }
  }

  static Labels of(String name, String value) {
    return new Labels(List.of(name), List.of(value));
  }

  Labels and(String name, String value) {
    List<String> moreNames = new ArrayList<>(names);
    List<String> moreValues = new ArrayList<>(values);
    moreNames.add(name);
    moreValues.add(value);
    return new Labels(moreNames, moreValues);
  }

  /** {@code {name="value",...}}, or nothing. */
  String text() {
    if (names.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"");
      text.append(escaped(values.get(i))).append('"');
    }
    return text.append('}').toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public int compareTo(Labels other) {
    return text().compareTo(other.text());
  }
}
