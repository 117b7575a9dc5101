package dev.mcpguard.rego.builtins;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is printed and traced. */
final class RecordingNotes implements BuiltinContext.Notes {
  final List<String> printed = new ArrayList<>();
  final List<String> traced = new ArrayList<>();

  @Override
  public void print(String message) {
    printed.add(message);
  }

  @Override
  public void trace(String note) {
    traced.add(note);
  }
}
