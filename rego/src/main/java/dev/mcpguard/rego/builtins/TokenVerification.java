package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code io.jwt.decode_verify}: a signature by a given key, and claims within constraints. */
final class TokenVerification {
  private static final ArrayValue UNVERIFIED =
      ArrayValue.of(BooleanValue.FALSE, ObjectValue.EMPTY, ObjectValue.EMPTY);
  private static final int MAX_NESTING = 16;

  private TokenVerification() {}

  static Value verify(BuiltinContext context, Value[] operands) {
    TokenConstraints constraints = TokenConstraints.parse(context, Operands.object(operands, 1));
    String text = Operands.text(operands, 0);
    for (int depth = 0; depth < MAX_NESTING; depth++) {
      JsonWebToken token = JsonWebToken.parse(context, text);
      ObjectValue header = token.headerFields(context);
      checkHeader(header);
      if (!isTrusted(context, token, header, constraints)) {
        return UNVERIFIED;
      }
      String payload = token.payloadText();
      String content = JsonWebToken.headerText(header, "cty");
      if (content == null || !content.equalsIgnoreCase("JWT")) {
        ObjectValue claims = JsonWebToken.object(context, payload, "");
        return claimsHold(claims, constraints)
            ? ArrayValue.of(BooleanValue.TRUE, header, claims)
            : UNVERIFIED;
      }
      text = payload;
    }
    throw BuiltinError.of("tokens are nested too deeply");
  }

  private static boolean isTrusted(
      BuiltinContext context, JsonWebToken token, ObjectValue header, TokenConstraints constraints) {
    String algorithm = JsonWebToken.headerText(header, "alg");
    if (algorithm == null || hasUnknownCritical(header)) {
      return false;
    }
    if (constraints.algorithm() != null && !constraints.algorithm().equals(algorithm)) {
      return false;
    }
    byte[] signature = token.signatureBytes();
    byte[] signed = token.signedBytes();
    if (constraints.keys() == null) {
      context.charge(Texts.cost(signed.length));
      return Jws.verify(algorithm, constraints.secret(), signed, signature);
    }
    return anyKeyFits(
        context,
        constraints.keys(),
        header,
        key -> Jws.verify(algorithm, key.key(), signed, signature));
  }

  /** The key that the header names is the only one tried if it is among the keys. */
  static boolean anyKeyFits(
      BuiltinContext context,
      List<VerificationKey> keys,
      ObjectValue header,
      Predicate<VerificationKey> fits) {
    String id = JsonWebToken.headerText(header, "kid");
    String algorithm = JsonWebToken.headerText(header, "alg");
    if (id != null) {
      for (VerificationKey key : keys) {
        if (id.equals(key.id())) {
          context.charge(100);
          return fits.test(key);
        }
      }
    }
    for (VerificationKey key : keys) {
      context.charge(100);
      boolean candidate = key.algorithm() == null || key.algorithm().equals(algorithm);
      if (candidate && fits.test(key)) {
        return true;
      }
    }
    return false;
  }

  /** Refuses fields of the header that are not of their type. */
  static void checkHeader(ObjectValue header) {
    for (String name : new String[] {"alg", "kid", "typ", "cty"}) {
      JsonWebToken.headerText(header, name);
    }
    Value critical = header.get("crit");
    if (critical != null && !(critical instanceof ArrayValue)) {
      throw BuiltinError.of("crit: must be a list");
    }
    if (critical instanceof ArrayValue names
        && (names.isEmpty() || !(names.get(0) instanceof StringValue))) {
      throw BuiltinError.of("crit: must be a nonempty list");
    }
  }

  private static boolean hasUnknownCritical(ObjectValue header) {
    if (header.get("crit") instanceof ArrayValue names) {
      for (Value name : names) {
        boolean known =
            name instanceof StringValue text
                && List.of("alg", "kid", "typ", "cty", "crit").contains(text.text());
        if (!known && header.containsKey(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean claimsHold(ObjectValue claims, TokenConstraints constraints) {
    String issuer = constraints.issuer();
    if (issuer != null && !(claims.get("iss") instanceof StringValue text && text.text().equals(issuer))) {
      return false;
    }
    Value audience = claims.get("aud");
    boolean wrongAudience =
        audience == null
            ? constraints.audience() != null
            : !names(audience, constraints.audience());
    if (wrongAudience) {
      return false;
    }
    BigDecimal expiry = seconds(claims, "exp");
    BigDecimal start = seconds(claims, "nbf");
    return (expiry == null || constraints.seconds().compareTo(expiry) < 0)
        && (start == null || constraints.seconds().compareTo(start) >= 0);
  }

  private static boolean names(Value audience, @Nullable String wanted) {
    String name = wanted == null ? "" : wanted;
    if (audience instanceof ArrayValue all) {
      for (Value one : all) {
        if (one instanceof StringValue text && text.text().equals(name)) {
          return true;
        }
      }
      return false;
    }
    return audience instanceof StringValue text && text.text().equals(name);
  }

  private static @Nullable BigDecimal seconds(ObjectValue claims, String name) {
    Value value = claims.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof NumberValue number) {
      return number.decimal();
    }
    throw BuiltinError.of(name + " value must be a number");
  }
}
