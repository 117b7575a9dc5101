package dev.mcpguard.json;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the {@link Fields} of one document found; not thread-safe. */
final class FieldReport {
  private final YamlDocument document;
  private final Set<Finding> findings = new LinkedHashSet<>();
  private final Map<String, Fields> opened = new LinkedHashMap<>();

  FieldReport(YamlDocument document) {
    this.document = document;
  }

  /** One object of the document has one reader, whoever asks for it and however often. */
  Fields open(FieldPlace place, JsonValue value) {
    Fields known = opened.get(place.pointer);
    if (known != null) {
      return known;
    }
    Fields fields = new Fields(place, value);
    opened.put(place.pointer, fields);
    return fields;
  }

  void add(String pointer, String path, String problem, String advice) {
    findings.add(new Finding(document.file(), document.line(pointer), path, problem, advice));
  }

  int line(String pointer) {
    return document.line(pointer);
  }

  /** Reports the names nobody asked for, once, and answers everything found in order of lines. */
  List<Finding> finish() {
    for (Fields fields : List.copyOf(opened.values())) {
      fields.reportUnknown();
    }
    opened.clear();
    return findings.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }
}
