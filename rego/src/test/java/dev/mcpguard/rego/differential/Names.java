package dev.mcpguard.rego.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The names an expression may use: variables of the body and rules written before. */
final class Names {
  private final List<Name> all;

  /** A name and what it gives; in the arguments of a function a number stands for each {@code #}. */
  record Name(String text, Kind kind, @Nullable String arguments) {}

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
    all.add(new Name(text, kind, null));
  }

  void addFunction(String text, Kind kind, String arguments) {
    all.add(new Name(text, kind, arguments));
  }

  @Nullable Name any(Kind kind, RandomGenerator random) {
    return pick(all.stream().filter(name -> name.kind() == kind).toList(), random);
  }

  @Nullable Name function(RandomGenerator random) {
    return pick(all.stream().filter(name -> name.arguments() != null).toList(), random);
  }

  @Nullable Name rule(RandomGenerator random) {
    return pick(
        all.stream().filter(name -> name.arguments() == null && name.text().startsWith("r")).toList(),
        random);
  }

  private static @Nullable Name pick(List<Name> fitting, RandomGenerator random) {
    return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
  }
}
