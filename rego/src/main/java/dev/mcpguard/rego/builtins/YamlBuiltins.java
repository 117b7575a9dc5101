package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** YAML. */
final class YamlBuiltins {
  private YamlBuiltins() {}

  static void register(Registry registry) {
    registry
        .add(
            "yaml.marshal",
            "(any) => string",
            (context, a) ->
                StringValue.of(YamlWriter.write(context, JsonForm.of(context, a[0]))))
        .add(
            "yaml.unmarshal",
            "(string) => any",
            (context, a) -> YamlReader.read(context, Operands.text(a, 0)))
        .add("yaml.is_valid", "(string) => boolean", YamlBuiltins::isValid);
  }

  private static Value isValid(BuiltinContext context, Value[] operands) {
    if (!(operands[0] instanceof StringValue text)) {
      return BooleanValue.FALSE;
    }
    try {
      YamlReader.read(context, text.text());
      return BooleanValue.TRUE;
    } catch (BuiltinError e) {
      return BooleanValue.FALSE;
    }
  }
}
