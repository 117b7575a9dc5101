package dev.mcpguard.rego.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The names an expression may use: variables of the body and rules written before. */
final class Names {
  private final List<Name> all;

  /** A name and what it gives; functions take {@code arity} numbers. */
  record Name(String text, Kind kind, int arity) {}

  Names() {
    this(List.of());
  }

  private Names(List<Name> all) {
    this.all = new ArrayList<>(all);
  }

  Names copy() {
    return new Names(all);
  }

  void add(String text, Kind kind) {
    all.add(new Name(text, kind, 0));
  }

  void addFunction(String text, Kind kind, int arity) {
    all.add(new Name(text, kind, arity));
  }

  @Nullable Name any(Kind kind, RandomGenerator random) {
    List<Name> fitting = all.stream().filter(name -> name.kind() == kind).toList();
    return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
  }
}
