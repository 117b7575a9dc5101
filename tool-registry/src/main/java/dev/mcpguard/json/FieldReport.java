package dev.mcpguard.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the {@link Fields} of one document found; not thread-safe. */
final class FieldReport {
  private final YamlDocument document;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Fields> opened = new ArrayList<>();

  FieldReport(YamlDocument document) {
    this.document = document;
  }

  void opened(Fields fields) {
    opened.add(fields);
  }

  void add(String pointer, String path, String problem, String advice) {
    findings.add(new Finding(document.file(), document.line(pointer), path, problem, advice));
  }

  int line(String pointer) {
    return document.line(pointer);
  }

  /** Reports the names nobody asked for, once, and answers everything found in order of lines. */
  List<Finding> finish() {
    for (Fields fields : opened) {
      fields.reportUnknown();
    }
    opened.clear();
    return findings.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }
}
