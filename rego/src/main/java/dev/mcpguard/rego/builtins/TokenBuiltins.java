package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.util.List;
import java.util.Locale;

/** JSON Web Tokens: decoding, verifying with given keys, signing. */
final class TokenBuiltins {
  private static final String VERIFY = "(string, string) => boolean";
  private static final int MAX_NESTING = 16;

  private TokenBuiltins() {}

  static void register(Registry registry) {
    registry
        .add(
            "io.jwt.decode",
            "(string) => array<object[any: any], object[any: any], string>",
            (context, a) -> decode(context, Operands.text(a, 0), 0))
        .addNondeterministic(
            "io.jwt.decode_verify",
            "(string, object[string: any]) => array<boolean, object[any: any], object[any: any]>",
            TokenVerification::verify)
        .addNondeterministic(
            "io.jwt.encode_sign",
            "(object[string: any], object[string: any], object[string: any]) => string",
            TokenBuiltins::encodeSign)
        .addNondeterministic(
            "io.jwt.encode_sign_raw",
            "(string, string, string) => string",
            TokenBuiltins::encodeSignRaw);
    for (String algorithm :
        new String[] {
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"
        }) {
      registry.add(name(algorithm), VERIFY, (context, a) -> verify(context, a, algorithm));
    }
    for (String algorithm : new String[] {"HS256", "HS384", "HS512"}) {
      registry.add(name(algorithm), VERIFY, (context, a) -> verifySecret(context, a, algorithm));
    }
  }

  private static String name(String algorithm) {
    return "io.jwt.verify_" + algorithm.toLowerCase(Locale.ROOT);
  }

  private static Value decode(BuiltinContext context, String text, int depth) {
    JsonWebToken token = JsonWebToken.parse(context, text);
    ObjectValue header = token.headerFields(context);
    String payload = token.payloadText();
    if (header.get("cty") instanceof StringValue type && type.text().equals("JWT")) {
      if (depth == MAX_NESTING) {
        throw BuiltinError.of("tokens are nested too deeply");
      }
      return decode(context, payload.replaceAll("^[\"']+|[\"']+$", ""), depth + 1);
    }
    ObjectValue claims = JsonWebToken.object(context, payload, "");
    String signature;
    try {
      signature = Bytes.hex(token.signatureBytes());
    } catch (BuiltinError e) {
      throw BuiltinError.of("JWT signature had invalid encoding: " + e.text());
    }
    return ArrayValue.of(header, claims, StringValue.of(signature));
  }

  private static Value verify(BuiltinContext context, Value[] operands, String algorithm) {
    JsonWebToken token = JsonWebToken.parse(context, Operands.text(operands, 0));
    List<VerificationKey> keys = VerificationKey.parse(context, Operands.text(operands, 1));
    byte[] signature = token.signatureBytes();
    ObjectValue header = token.headerFields(context);
    TokenVerification.checkHeader(header);
    return BooleanValue.of(
        TokenVerification.anyKeyFits(
            context,
            keys,
            header,
            key -> Jws.verify(algorithm, key.key(), token.signedBytes(), signature)));
  }

  private static Value verifySecret(BuiltinContext context, Value[] operands, String algorithm) {
    JsonWebToken token = JsonWebToken.parse(context, Operands.text(operands, 0));
    byte[] secret = Bytes.of(Operands.text(operands, 1));
    byte[] signature = token.signatureBytes();
    return BooleanValue.of(Jws.verify(algorithm, secret, token.signedBytes(), signature));
  }

  private static Value encodeSign(BuiltinContext context, Value[] operands) {
    ObjectValue header = Operands.object(operands, 0);
    ObjectValue payload = Operands.object(operands, 1);
    ObjectValue key = Operands.object(operands, 2);
    context.charge(Sizes.of(header) + Sizes.of(payload) + Sizes.of(key));
    return sign(
        context,
        Values.toHtmlSafeJson(header),
        Values.toHtmlSafeJson(payload),
        VerificationKey.webKeys(key));
  }

  private static Value encodeSignRaw(BuiltinContext context, Value[] operands) {
    // OPA looks at the key first.
    String key = Operands.text(operands, 2);
    String header = Operands.text(operands, 0);
    String payload = Operands.text(operands, 1);
    context.charge(Texts.cost(key));
    return sign(context, header, payload, VerificationKey.webKeys(key));
  }

  private static Value sign(
      BuiltinContext context, String header, String payload, List<JsonWebKey> keys) {
    context.charge(100 + Texts.cost((long) header.length() + payload.length()));
    if (keys.isEmpty()) {
      throw BuiltinError.of("no keys found in JWK set");
    }
    ObjectValue fields = JsonWebToken.object(context, header, "");
    if (!(fields.get("alg") instanceof StringValue algorithm)) {
      throw BuiltinError.of("missing or invalid 'alg' header");
    }
    if (!Jws.isKnown(algorithm.text())) {
      throw BuiltinError.of("unknown JWS algorithm: " + algorithm.text());
    }
    boolean other = fields.get("typ") instanceof StringValue type && !type.text().equals("JWT");
    if (!other) {
      try {
        JsonBuiltins.parse(context, payload);
      } catch (BuiltinError e) {
        throw BuiltinError.of("type is JWT but payload is not JSON");
      }
    }
    String text = Bytes.encodeUrl(Bytes.of(header)) + "." + Bytes.encodeUrl(Bytes.of(payload));
    byte[] signature = Jws.sign(algorithm.text(), keys.getFirst().signingKey(), Bytes.of(text));
    return StringValue.of(text + "." + Bytes.encodeUrl(signature));
  }
}
