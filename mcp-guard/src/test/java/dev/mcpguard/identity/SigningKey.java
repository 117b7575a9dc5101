package dev.mcpguard.identity;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** A key pair that signs whatever text it is given, well formed or not. */
record SigningKey(String id, String algorithm, KeyPair pair) {
  private static final Map<String, String> NAMES =
      Map.of(
          "ES256", "SHA256withECDSAinP1363Format",
          "ES384", "SHA384withECDSAinP1363Format",
          "ES512", "SHA512withECDSAinP1363Format",
          "RS256", "SHA256withRSA",
          "EdDSA", "Ed25519");

  static SigningKey of(String id, String algorithm) {
    try {
      KeyPairGenerator generator;
      if (algorithm.startsWith("ES")) {
        generator = KeyPairGenerator.getInstance("EC");
        String curve =
            switch (algorithm) {
              case "ES256" -> "secp256r1";
              case "ES384" -> "secp384r1";
              default -> "secp521r1";
            };
        generator.initialize(new ECGenParameterSpec(curve));
      } else if (algorithm.equals("RS256")) {
        generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
      } else {
        generator = KeyPairGenerator.getInstance("Ed25519");
      }
      return new SigningKey(id, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static JsonObject json(String text) {
    try {
      return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (dev.mcpguard.json.MalformedJsonException bad) {
      throw new IllegalArgumentException(text, bad);
    }
  }

  /** The public key. */
  JWK jwk() {
    if (pair.getPublic() instanceof ECPublicKey ec) {
      return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).keyID(id).build();
    }
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).keyID(id).build();
    }
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw)).keyID(id).build();
  }

  /** A JWK set of the public keys, with more members for each key. */
  static String set(String more, SigningKey... keys) {
    StringBuilder set = new StringBuilder("{\"keys\":[");
    for (SigningKey key : keys) {
      String jwk = key.jwk().toJSONString();
      set.append(set.length() > 9 ? "," : "")
          .append(jwk, 0, jwk.length() - 1)
          .append(more)
          .append('}');
    }
    return set.append("]}").toString();
  }

  String signature(String input) {
    try {
      Signature signer = Signature.getInstance(String.valueOf(NAMES.get(algorithm)));
      signer.initSign(pair.getPrivate());
      signer.update(input.getBytes(StandardCharsets.UTF_8));
      return base64(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A compact JWS over exactly these texts. */
  String sign(String header, String payload) {
    String input = base64(header) + "." + base64(payload);
    return input + "." + signature(input);
  }

  /** A token of type at+jwt with these claims. */
  String token(String claims) {
    return sign(header("at+jwt"), claims);
  }

  String header(String type) {
    return "{\"typ\":\"%s\",\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(type, algorithm, id);
  }

  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
