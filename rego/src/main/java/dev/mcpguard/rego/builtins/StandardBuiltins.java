package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ObjectValue;
import java.util.Map;

/** Puts the families together. */
final class StandardBuiltins {
  private StandardBuiltins() {}

  static Map<String, Builtin> create() {
    Registry registry = new Registry();
    ComparisonBuiltins.register(registry);
    ArithmeticBuiltins.register(registry);
    AggregateBuiltins.register(registry);
    CollectionBuiltins.register(registry);
    TypeBuiltins.register(registry);
    ObjectBuiltins.register(registry);
    SubsetBuiltin.register(registry);
    StringBuiltins.register(registry);
    ReplaceBuiltins.register(registry);
    FormatBuiltins.register(registry);
    NumberBuiltins.register(registry);
    GraphBuiltins.register(registry);
    VersionBuiltins.register(registry);
    UnitBuiltins.register(registry);
    UuidBuiltins.register(registry);
    RegexBuiltins.register(registry);
    GlobBuiltins.register(registry);
    TimeBuiltins.register(registry);
    NetBuiltins.register(registry);
    EncodingBuiltins.register(registry);
    UrlBuiltins.register(registry);
    JsonBuiltins.register(registry);
    JsonPathBuiltins.register(registry);
    HashBuiltins.register(registry);
    TokenBuiltins.register(registry);
    SchemaBuiltins.register(registry);
    YamlBuiltins.register(registry);
    TemplateBuiltins.register(registry);
    registry.addNondeterministic("opa.runtime", "() => object[string: any]", (_, _) -> ObjectValue.EMPTY);
    return registry.all();
  }
}
