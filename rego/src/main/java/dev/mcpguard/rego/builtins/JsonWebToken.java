package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The three parts of a token in compact form (RFC 7515). */
record JsonWebToken(String header, String payload, String signature) {
  static JsonWebToken parse(BuiltinContext context, String text) {
    context.charge(Texts.cost(text));
    String[] parts = text.split("\\.", -1);
    if (parts.length == 1) {
      throw BuiltinError.of("encoded JWT had no period separators");
    }
    if (parts.length != 3) {
      throw BuiltinError.of("encoded JWT must have 3 sections, found " + parts.length);
    }
    return new JsonWebToken(parts[0], parts[1], parts[2]);
  }

  byte[] signedBytes() {
    return Bytes.of(header + "." + payload);
  }

  byte[] signatureBytes() {
    return Bytes.base64Url(signature);
  }

  /** The payload as text; bytes that are none become U+FFFD, as in Go's JSON. */
  String payloadText() {
    try {
      return new String(Bytes.base64Url(payload), StandardCharsets.UTF_8);
    } catch (BuiltinError e) {
      throw BuiltinError.of("JWT payload had invalid encoding: " + e.text());
    }
  }

  ObjectValue headerFields(BuiltinContext context) {
    String text;
    try {
      text = new String(Bytes.base64Url(header), StandardCharsets.UTF_8);
    } catch (BuiltinError e) {
      throw BuiltinError.of("JWT header had invalid encoding: " + e.text());
    }
    ObjectValue fields = object(context, text, "bad JWT header: ");
    if (fields.get("enc") != null) {
      throw BuiltinError.of("JWT is a JWE object, which is not supported");
    }
    return fields;
  }

  static ObjectValue object(BuiltinContext context, String json, String lead) {
    Value value;
    try {
      value = JsonBuiltins.parse(context, json);
    } catch (BuiltinError e) {
      throw BuiltinError.of(lead + "invalid JSON: " + e.text());
    }
    if (value instanceof ObjectValue object) {
      return object;
    }
    throw BuiltinError.of(lead + "decoded JSON type was not an Object");
  }

  /** A field of the header that must be text if it is there. */
  static @Nullable String headerText(ObjectValue header, String name) {
    Value value = header.get(name);
    if (value != null && !(value instanceof StringValue)) {
      throw BuiltinError.of(name + ": must be a string");
    }
    return value instanceof StringValue text && !text.text().isEmpty() ? text.text() : null;
  }
}
