package dev.mcpguard.json;

import org.jspecify.annotations.Nullable;

/** Where an object of a configuration file stands, and whether anything at or below is wrong. */
final class FieldPlace {
  final String pointer;
  final String path;
  private final FieldReport report;
  private final @Nullable FieldPlace parent;
  private boolean sound = true;

  FieldPlace(FieldReport report, @Nullable FieldPlace parent, String pointer, String path) {
    this.report = report;
    this.parent = parent;
    this.pointer = pointer;
    this.path = path;
  }

  FieldPlace member(String name) {
    return new FieldPlace(report, this, pointer(name), path(name));
  }

  FieldPlace element(String name, int index) {
    return new FieldPlace(
        report, this, pointer(name) + "/" + index, path(name) + "[" + index + "]");
  }

  /** The fields here; the same ones however often they are asked for. */
  Fields open(JsonValue value) {
    return report.open(this, value);
  }

  String pointer(String name) {
    return YamlDocument.child(pointer, name);
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void problem(String problem, String advice) {
    report.add(pointer, path, problem, advice);
    markUnsound();
  }

  /** A problem with a field that is not there stands on the line of the object. */
  void missing(String name) {
    report.add(pointer, path(name), "missing", "add it");
    markUnsound();
  }

  private void markUnsound() {
    for (FieldPlace place = this; place != null; place = place.parent) {
      place.sound = false;
    }
  }

  boolean sound() {
    return sound;
  }

  FieldReport report() {
    return report;
  }
}
