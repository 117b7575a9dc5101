package dev.mcpguard.rego.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mcpguard.rego.value.Values;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every algorithm signs and verifies, and only with keys of its kind and strength. */
class SignatureAlgorithmsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String MODULE = Refusals.MODULE;
  private static final KeyPair PAIR = pair("EC", "secp256r1");

  static KeyPair pair(String kind, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (kind.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(curve));
      } else if (kind.equals("RSA")) {
        generator.initialize(Integer.parseInt(curve));
      }
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void everyAlgorithmSignsAndVerifies() throws Exception {
    KeyPair rsa = pair("RSA", "2048");
    Map<SignatureAlgorithm, KeyPair> pairs = new TreeMap<>();
    for (SignatureAlgorithm each : SignatureAlgorithm.values()) {
      pairs.put(each, rsa);
    }
    pairs.put(SignatureAlgorithm.ES256, PAIR);
    pairs.put(SignatureAlgorithm.ES384, pair("EC", "secp384r1"));
    pairs.put(SignatureAlgorithm.ES512, pair("EC", "secp521r1"));
    pairs.put(SignatureAlgorithm.EDDSA, pair("Ed25519", ""));
    for (Map.Entry<SignatureAlgorithm, KeyPair> each : pairs.entrySet()) {
      SigningKey key = new SigningKey("k", each.getKey(), each.getValue().getPrivate());
      byte[] archive =
          Bundle.of(
                  new Manifest("1", List.of("")), new TreeMap<>(Map.of("m.rego", MODULE)),
                  Values.parseJson("{}"))
              .archive(new BundleSigner(key, "prod", "ci", NOW));
      SignatureRule rule =
          new SignatureRule.Demanded(
              Map.of("k", new VerifyingKey(each.getKey(), each.getValue().getPublic())),
              "k", "prod", "ci", Duration.ofDays(1));
      Signed signed = new BundleReader(BundleLimits.standard(), rule).read(archive, NOW).signed();
      assertEquals(new Signed("k", each.getKey(), "prod", "ci", NOW), signed);
    }
  }

  @Test
  void keysThatDoNotFitTheirAlgorithmAreRefused() {
    KeyPair weak = pair("RSA", "1024");
    assertThrows(
        IllegalArgumentException.class,
        () -> new VerifyingKey(SignatureAlgorithm.RS256, weak.getPublic()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new VerifyingKey(SignatureAlgorithm.RS256, PAIR.getPublic()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new VerifyingKey(SignatureAlgorithm.ES384, PAIR.getPublic()));
    assertThrows(
        IllegalArgumentException.class, () -> VerifyingKey.ofPem(SignatureAlgorithm.ES256, "x"));
  }
}
