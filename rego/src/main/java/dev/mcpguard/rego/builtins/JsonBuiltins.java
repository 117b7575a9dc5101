package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.JsonFormatException;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;

/** JSON text. */
final class JsonBuiltins {
  private JsonBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("json.marshal", "(any) => string", JsonBuiltins::marshal)
        .add(
            "json.marshal_with_options",
            "(any, object<indent: string, prefix: string, pretty: boolean>[string: any]) => string",
            JsonBuiltins::marshalWithOptions)
        .add("json.unmarshal", "(string) => any", JsonBuiltins::unmarshal)
        .add("json.is_valid", "(string) => boolean", JsonBuiltins::isValid);
  }

  private static Value marshal(BuiltinContext context, Value[] operands) {
    return StringValue.of(text(context, operands[0]));
  }

  private static String text(BuiltinContext context, Value value) {
    context.charge(Sizes.of(value));
    String text = Values.toHtmlSafeJson(value);
    context.charge(Texts.cost(text));
    return text;
  }

  private static Value marshalWithOptions(BuiltinContext context, Value[] operands) {
    ObjectValue options = Operands.object(operands, 1);
    String prefix = option(options, "prefix", "");
    String indent = option(options, "indent", "\t");
    boolean pretty = options.get("prefix") != null || options.get("indent") != null;
    for (int i = 0; i < options.size(); i++) {
      String key = options.keyAt(i) instanceof StringValue text ? text.text() : "";
      if (!key.equals("prefix") && !key.equals("indent") && !key.equals("pretty")) {
        throw Operands.error(1, "object contained unknown key " + options.keyAt(i));
      }
    }
    Value explicit = options.get("pretty");
    if (explicit != null) {
      if (!(explicit instanceof BooleanValue wanted)) {
        throw Operands.error(1, "key pretty failed cast to bool");
      }
      pretty = wanted.value();
    }
    String text = text(context, operands[0]);
    return StringValue.of(pretty ? JsonIndenter.indent(context, text, prefix, indent) : text);
  }

  private static String option(ObjectValue options, String key, String otherwise) {
    Value value = options.get(key);
    if (value != null && !(value instanceof StringValue)) {
      throw Operands.error(1, "key " + key + " failed cast to string");
    }
    return value instanceof StringValue text ? text.text() : otherwise;
  }

  private static Value unmarshal(BuiltinContext context, Value[] operands) {
    return parse(context, Operands.text(operands, 0));
  }

  static Value parse(BuiltinContext context, String text) {
    context.charge(1 + text.length() / 8L);
    try {
      return Values.parseJson(text);
    } catch (JsonFormatException e) {
      throw BuiltinError.of(String.valueOf(e.getMessage()));
    }
  }

  private static Value isValid(BuiltinContext context, Value[] operands) {
    if (!(operands[0] instanceof StringValue text)) {
      return BooleanValue.FALSE;
    }
    try {
      parse(context, text.text());
      return BooleanValue.TRUE;
    } catch (BuiltinError e) {
      return BooleanValue.FALSE;
    }
  }
}
