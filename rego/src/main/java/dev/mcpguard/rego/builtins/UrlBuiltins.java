package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Query strings of URLs. */
final class UrlBuiltins {
  private UrlBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("urlquery.encode", "(string) => string", UrlBuiltins::encode)
        .add("urlquery.decode", "(string) => string", UrlBuiltins::decode)
        .add(
            "urlquery.encode_object",
            "(object[string: any<string, array[string], set[string]>]) => string",
            UrlBuiltins::encodeObject)
        .add(
            "urlquery.decode_object",
            "(string) => object[string: array[string]]",
            UrlBuiltins::decodeObject);
  }

  private static Value encode(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    return StringValue.of(escape(text));
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : Bytes.of(text)) {
      int c = b & 0xFF;
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
      if (plain) {
        out.append((char) c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }

  private static Value decode(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    return StringValue.of(unescape(text));
  }

  private static String unescape(String text) {
    byte[] bytes = Bytes.of(text);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(bytes[i] == '+' ? ' ' : bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw BuiltinError.of("invalid URL escape in `" + text + "`");
      }
      out.write(high << 4 | low);
      i += 2;
    }
    return Bytes.text(out.toByteArray());
  }

  private static Value encodeObject(BuiltinContext context, Value[] operands) {
    ObjectValue object = Operands.object(operands, 0);
    StringJoiner query = new StringJoiner("&");
    for (int i = 0; i < object.size(); i++) {
      Value key = object.keyAt(i);
      String name = escape(key instanceof StringValue text ? text.text() : key.toString());
      Value value = object.valueAt(i);
      ArrayValue values = value instanceof StringValue ? ArrayValue.of(value) : Operands.elements(value);
      if (values == null) {
        throw wrongValues();
      }
      for (Value element : values) {
        if (!(element instanceof StringValue text)) {
          throw wrongValues();
        }
        context.charge(Texts.cost(text.text()));
        query.add(name + "=" + escape(text.text()));
      }
    }
    return StringValue.of(query.toString());
  }

  private static BuiltinError wrongValues() {
    return Operands.error(0, "values must be string, array[string], or set[string]");
  }

  private static Value decodeObject(BuiltinContext context, Value[] operands) {
    String text = Operands.text(operands, 0);
    context.charge(Texts.cost(text));
    Map<String, ArrayValue.Builder> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      context.charge(1);
      if (pair.indexOf(';') >= 0) {
        throw BuiltinError.of("invalid semicolon separator in query");
      }
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : unescape(pair.substring(equals + 1));
      values.computeIfAbsent(name, _ -> ArrayValue.builder()).add(StringValue.of(value));
    }
    ObjectValue.Builder object = ObjectValue.builder(values.size());
    values.forEach((name, all) -> object.put(name, all.build()));
    return object.build();
  }
}
