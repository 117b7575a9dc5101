package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.JsonFormatException;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that a token may be signed with.
 *
 * @param key a public key of the JDK, or the bytes of a secret
 */
record VerificationKey(@Nullable String id, @Nullable String algorithm, Object key) {
  /** Reads a PEM certificate, a PEM public key, a JWK or a set of JWKs. */
  static List<VerificationKey> parse(BuiltinContext context, String text) {
    context.charge(Texts.cost(text) + 20);
    Pem block = Pem.find(text, 0);
    if (block == null) {
      return parseJson(context, text);
    }
    if (block.end() < text.length()) {
      throw BuiltinError.of("extra data after a PEM certificate block");
    }
    return List.of(new VerificationKey(null, null, PemKeys.publicKey(block)));
  }

  private static List<VerificationKey> parseJson(BuiltinContext context, String text) {
    List<VerificationKey> keys = new ArrayList<>();
    for (JsonWebKey key : webKeys(text)) {
      context.charge(20);
      String algorithm = key.text("alg");
      Object made = key.verificationKey();
      if (algorithm == null || Jws.isKnown(algorithm)) {
        keys.add(new VerificationKey(key.text("kid"), algorithm, made));
      }
    }
    return keys;
  }

  static List<JsonWebKey> webKeys(String text) {
    try {
      if (Values.parseJson(text) instanceof ObjectValue object) {
        return webKeys(object);
      }
    } catch (JsonFormatException e) {
      throw BuiltinError.of("failed to parse a JWK key (set): " + e.getMessage());
    }
    throw BuiltinError.of("failed to parse a JWK key (set): no object");
  }

  static List<JsonWebKey> webKeys(ObjectValue object) {
    if (!(object.get("keys") instanceof ArrayValue array)) {
      return List.of(new JsonWebKey(object));
    }
    List<JsonWebKey> keys = new ArrayList<>();
    for (Value key : array) {
      if (!(key instanceof ObjectValue fields)) {
        throw BuiltinError.of("failed to parse a JWK key (set): no object");
      }
      keys.add(new JsonWebKey(fields));
    }
    return keys;
  }
}
