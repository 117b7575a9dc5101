package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Base64 and hexadecimal. */
final class EncodingBuiltins {
  private static final String TYPE = "(string) => string";

  private EncodingBuiltins() {}

  static void register(Registry registry) {
    add(registry, "base64.encode", text -> Base64.getEncoder().encodeToString(Bytes.of(text)));
    add(registry, "base64.decode", text -> Bytes.text(Bytes.base64(text)));
    add(registry, "base64url.encode", text -> Base64.getUrlEncoder().encodeToString(Bytes.of(text)));
    add(registry, "base64url.encode_no_pad", text -> Bytes.encodeUrl(Bytes.of(text)));
    add(registry, "base64url.decode", text -> Bytes.text(Bytes.base64Url(text)));
    add(registry, "hex.encode", text -> Bytes.hex(Bytes.of(text)));
    add(registry, "hex.decode", EncodingBuiltins::decodeHex);
    registry.add("base64.is_valid", "(string) => boolean", EncodingBuiltins::isBase64);
  }

  private static void add(Registry registry, String name, UnaryOperator<String> change) {
    registry.add(
        name,
        TYPE,
        (context, operands) -> {
          String text = Operands.text(operands, 0);
          context.charge(Texts.cost(text));
          return StringValue.of(change.apply(text));
        });
  }

  private static String decodeHex(String text) {
    try {
      return Bytes.text(HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw BuiltinError.of("encoding/hex: invalid byte or odd length");
    }
  }

  private static Value isBase64(BuiltinContext context, Value[] operands) {
    if (!(operands[0] instanceof StringValue text)) {
      return BooleanValue.FALSE;
    }
    context.charge(Texts.cost(text.text()));
    try {
      Bytes.base64(text.text());
      return BooleanValue.TRUE;
    } catch (BuiltinError e) {
      return BooleanValue.FALSE;
    }
  }
}
