package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.RegoError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects errors, each once. Belongs to one check. */
final class Errors {
  private final Set<RegoError> errors = new LinkedHashSet<>();

  void compile(Location at, String message) {
    errors.add(new RegoError(RegoError.COMPILE, message, at));
  }

  void type(Location at, String message) {
    errors.add(new RegoError(RegoError.TYPE, message, at));
  }

  void unsafe(Location at, String message) {
    errors.add(new RegoError(RegoError.UNSAFE, message, at));
  }

  void recursion(Location at, String message) {
    errors.add(new RegoError(RegoError.RECURSION, message, at));
  }

  boolean any() {
    return !errors.isEmpty();
  }

  List<RegoError> sorted() {
    List<RegoError> list = new ArrayList<>(errors);
    // What a refused call would have bound is not unsafe: the call is the error to show.
    if (list.stream().anyMatch(error -> !error.code().equals(RegoError.UNSAFE))) {
      list.removeIf(error -> error.code().equals(RegoError.UNSAFE));
    }
    list.sort(
        Comparator.comparing((RegoError e) -> e.location().source().name())
            .thenComparingInt(e -> e.location().offset()));
    return List.copyOf(list);
  }
}
