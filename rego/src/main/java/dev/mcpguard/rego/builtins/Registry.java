package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.types.TypeParser;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects builtins while the standard set is put together. */
final class Registry {
  private final Map<String, Builtin> builtins = new LinkedHashMap<>();

  Registry add(String name, String type, BuiltinFunction function) {
    return put(name, type, function, false, false);
  }

  Registry addRelation(String name, String type, BuiltinFunction function) {
    return put(name, type, function, true, false);
  }

  Registry addNondeterministic(String name, String type, BuiltinFunction function) {
    return put(name, type, function, false, true);
  }

  private Registry put(
      String name, String type, BuiltinFunction function, boolean relation, boolean chance) {
    Builtin builtin =
        new Builtin(name, TypeParser.parseFunction(type), function, relation, chance);
    if (builtins.put(name, builtin) != null) {
      throw new IllegalStateException("builtin `" + name + "` is registered twice");
    }
    return this;
  }

  Map<String, Builtin> all() {
    return builtins;
  }
}
