package dev.mcpguard.rego.builtins;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An immutable set of builtins by name. */
public final class Builtins {
  private static final Builtins STANDARD = new Builtins(StandardBuiltins.create());

  private final Map<String, Builtin> byName;

  private Builtins(Map<String, Builtin> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** Every builtin of this engine. */
  public static Builtins standard() {
    return STANDARD;
  }

  /** The builtin of a name as OPA names it, operators included, or null. */
  public @Nullable Builtin find(String name) {
    return byName.get(name);
  }

  public Collection<Builtin> all() {
    return byName.values();
  }

  /** OPA's builtins that this engine does not have, each with the reason to give to the author. */
  public static Map<String, String> refused() {
    return RefusedBuiltins.REASONS;
  }
}
