package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token must satisfy.
 *
 * @param keys the keys to trust, null if there is a secret instead
 * @param seconds the time to judge by, in seconds since the epoch
 */
record TokenConstraints(
    @Nullable List<VerificationKey> keys,
    byte[] secret,
    Claims claims,
    BigDecimal seconds) {

  /** The text constraints; null where there is none. */
  record Claims(@Nullable String algorithm, @Nullable String issuer, @Nullable String audience) {}

  private static final List<String> NAMES = List.of("cert", "secret", "alg", "iss", "aud", "time");

  static TokenConstraints parse(BuiltinContext context, ObjectValue object) {
    for (Value key : object.keys()) {
      String name = key instanceof StringValue text ? text.text() : key.toString();
      if (!NAMES.contains(name)) {
        throw BuiltinError.of("unknown token validation constraint: " + name);
      }
    }
    String certificate = text(object, "cert");
    String secret = text(object, "secret");
    List<VerificationKey> keys = object.get("cert") == null || certificate == null
        ? null
        : VerificationKey.parse(context, certificate);
    if (keys != null && secret != null) {
      throw BuiltinError.of("duplicate key constraints");
    }
    if (keys == null && secret == null) {
      throw BuiltinError.of("no key constraint");
    }
    Claims claims = new Claims(text(object, "alg"), text(object, "iss"), text(object, "aud"));
    byte[] bytes = Bytes.of(secret == null ? "" : secret);
    return new TokenConstraints(keys, bytes, claims, seconds(context, object));
  }

  private static @Nullable String text(ObjectValue object, String name) {
    Value value = object.get(name);
    if (value != null && !(value instanceof StringValue)) {
      throw BuiltinError.of(name + " constraint: must be a string");
    }
    boolean some = value instanceof StringValue text && !text.text().isEmpty();
    return some && value instanceof StringValue text ? text.text() : null;
  }

  private static BigDecimal seconds(BuiltinContext context, ObjectValue object) {
    Value time = object.get("time");
    NumberValue nanos = time == null ? context.nowNanos() : null;
    if (time instanceof NumberValue number) {
      nanos = number;
    }
    if (nanos == null) {
      throw BuiltinError.of("token time constraint: must be a number");
    }
    if (nanos.decimal().signum() < 0) {
      throw BuiltinError.of("token time constraint: must not be negative");
    }
    // OPA divides as double and goes on with its shortest text.
    return new BigDecimal(Double.toString(nanos.doubleValue() / 1e9));
  }

  @Nullable String algorithm() {
    return claims.algorithm;
  }

  @Nullable String issuer() {
    return claims.issuer;
  }

  @Nullable String audience() {
    return claims.audience;
  }
}
