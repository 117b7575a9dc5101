package dev.mcpguard.rego.builtins.schema;

import java.util.ArrayList;
import java.util.List;

/** The errors found at one place of a document. */
final class Findings {
  private final String path;
  private final List<SchemaError> errors;

  Findings(String path) {
    this(path, new ArrayList<>());
  }

  private Findings(String path, List<SchemaError> errors) {
    this.path = path;
    this.errors = errors;
  }

  /** Findings that go to the same list, for a part of the document. */
  Findings at(String key) {
    return new Findings(path.isEmpty() ? key : path + "." + key, errors);
  }

  /** An empty list for the same place. */
  Findings apart() {
    return new Findings(path);
  }

  String field() {
    return path.isEmpty() ? "(Root)" : path;
  }

  void add(String type, String description) {
    errors.add(new SchemaError(field(), type, description));
  }

  void addAll(Findings other) {
    errors.addAll(other.errors);
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  int size() {
    return errors.size();
  }

  List<SchemaError> errors() {
    return List.copyOf(errors);
  }
}
