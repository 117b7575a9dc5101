package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Location;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names declared in a body and what was read of the outside before. */
final class Scope {

  /** The way in which a name came to be; only some must be read afterwards. */
  enum How {
    ARGUMENT("declared"),
    ASSIGNED("assigned"),
    DECLARED("declared"),
    MATCHED("declared");

    final String shown;

    How(String shown) {
      this.shown = shown;
    }
  }

  /** A declared variable; {@code how} decides whether it must be used. */
  static final class Declared {
    final String unique;
    final How how;
    final Location location;
    boolean used;

    Declared(String unique, How how, Location location) {
      this.unique = unique;
      this.how = how;
      this.location = location;
    }
  }

  private final @Nullable Scope parent;
  private final Map<String, Declared> declared = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();

  Scope(@Nullable Scope parent) {
    this.parent = parent;
  }

  @Nullable Declared find(String name) {
    Declared here = declared.get(name);
    if (here != null) {
      here.used = true;
      return here;
    }
    // Only this scope has seen it: a nested body may use a name of its own before it is declared.
    seen.add(name);
    return parent == null ? null : parent.findAbove(name);
  }

  private @Nullable Declared findAbove(String name) {
    Declared here = declared.get(name);
    if (here != null) {
      here.used = true;
      return here;
    }
    return parent == null ? null : parent.findAbove(name);
  }

  boolean seen(String name) {
    return seen.contains(name);
  }

  @Nullable Declared here(String name) {
    return declared.get(name);
  }

  void declare(String name, Declared variable) {
    declared.put(name, variable);
  }

  Map<String, Declared> all() {
    return declared;
  }
}
