package dev.mcpguard.rego.builtins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The builtins of this engine by name. Thread-safe; what it gives never changes. */
public final class Builtins {
  private static final Builtins STANDARD = new Builtins();

  private final Map<String, Family> families = new HashMap<>();
  private final Map<Family, Map<String, Builtin>> made = new ConcurrentHashMap<>();

  private Builtins() {
    for (Family family : Family.values()) {
      family.names().forEach(name -> families.put(name, family));
    }
  }

  /** Every builtin of this engine. */
  public static Builtins standard() {
    return STANDARD;
  }

  /** The builtin of a name as OPA names it, operators included, or null. */
  public @Nullable Builtin find(String name) {
    Family family = families.get(name);
    return family == null ? null : made.computeIfAbsent(family, Family::create).get(name);
  }

  /** All of them; makes every family. */
  public Collection<Builtin> all() {
    List<Builtin> all = new ArrayList<>();
    for (Family family : Family.values()) {
      all.addAll(made.computeIfAbsent(family, Family::create).values());
    }
    return all;
  }

  /** OPA's builtins that this engine does not have, each with the reason to give to the author. */
  public static Map<String, String> refused() {
    return RefusedBuiltins.REASONS;
  }
}
