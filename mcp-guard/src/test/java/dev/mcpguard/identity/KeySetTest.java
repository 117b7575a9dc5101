package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.RSAKey;
import dev.mcpguard.json.JsonText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which key sets and keys are taken (threats A6, A13). */
final class KeySetTest {
  private static final SigningKey EC = SigningKey.of("a", "ES256");
  private static final SigningKey RSA = SigningKey.of("b", "RS256");
  private static final String OCT =
      "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAA\"}";

  private static KeySet read(String document) throws RefusedTokenException {
    return KeySet.read(
        document.getBytes(StandardCharsets.UTF_8), IssuerSettings.Profile.ACCESS_TOKEN);
  }

  private static String with(String key) {
    return SigningKey.set("", EC).replace("]}", "," + key + "]}");
  }

  @Test
  void goodSetIsReadAndKeysAreFoundById() throws RefusedTokenException {
    KeySet set = read(SigningKey.set("", EC, RSA));
    assertNotNull(set.find("a"));
    assertNotNull(set.find("b"));
    assertNull(set.find("c"));
    assertNull(set.find(null), "two keys: a token must name one");
    assertNotNull(read(SigningKey.set("", EC)).find(null));
  }

  @Test
  void a6A13SetWithAKeyThatShowsBadKeepingIsRefusedWhole() throws Exception {
    String rsa = RSA.jwk().toJSONString();
    List<String> bad =
        List.of(
            "",
            "{}",
            "[]",
            "<html></html>",
            "{\"keys\":[]}",
            "{\"keys\":{}}",
            "{\"keys\":[5]}",
            "{\"keys\":[],\"keys\":[]}",
            with(OCT),
            with(OCT.replace("\"kid\"", "\"use\":\"enc\",\"kid\"")),
            SigningKey.set("", EC, EC),
            with(EC.jwk().toJSONString()),
            with(privateKey("")),
            with(privateKey(",\"use\":\"enc\"")),
            with(weakRsa(1024)),
            with(rsa.replace("AQAB", "AQ")),
            with(rsa.replace("AQAB", "Ag")),
            with(roca()),
            "\ufeff" + SigningKey.set("", EC),
            SigningKey.set("", EC) + "x",
            with("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"kid\":\"z\"}"));
    for (String document : bad) {
      assertThrows(RefusedTokenException.class, () -> read(document), document);
    }
  }

  private static String privateKey(String more) throws Exception {
    String jwk =
        new com.nimbusds.jose.jwk.gen.ECKeyGenerator(com.nimbusds.jose.jwk.Curve.P_256)
            .keyID("p")
            .generate()
            .toJSONString();
    return jwk.substring(0, jwk.length() - 1) + more + "}";
  }

  private static String weakRsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return new RSAKey.Builder((RSAPublicKey) generator.generateKeyPair().getPublic())
        .keyID("w")
        .build()
        .toJSONString();
  }

  /**
   * A modulus with the fingerprint of CVE-2017-15361: a power of 65537 modulo every small prime.
   */
  private static String roca() {
    BigInteger primorial = BigInteger.ONE;
    for (BigInteger p = BigInteger.TWO; p.intValue() <= 167; p = p.nextProbablePrime()) {
      primorial = primorial.multiply(p);
    }
    BigInteger residue = BigInteger.valueOf(65_537).modPow(BigInteger.valueOf(12_345), primorial);
    BigInteger modulus =
        BigInteger.ONE.shiftLeft(2047).divide(primorial).multiply(primorial).add(residue);
    modulus = modulus.add(primorial.multiply(BigInteger.TWO));
    modulus = modulus.testBit(0) ? modulus : modulus.add(primorial);
    assertTrue(modulus.bitLength() >= 2048);
    return "{\"kty\":\"RSA\",\"kid\":\"roca\",\"e\":\"AQAB\",\"n\":\""
        + com.nimbusds.jose.util.Base64URL.encode(modulus)
        + "\"}";
  }

  @Test
  void a13RocaFingerprintIsToldFromAnHonestKey() throws Exception {
    assertTrue(RocaKey.weak(RSAKey.parse(roca())));
    assertFalse(RocaKey.weak((RSAKey) RSA.jwk()));
  }

  @Test
  void a13KeysForOtherUsesVerifyNothing() throws RefusedTokenException {
    for (String more :
        List.of(
            ",\"use\":\"enc\"",
            ",\"key_ops\":[\"sign\"]",
            ",\"key_ops\":[]",
            ",\"key_ops\":[\"encrypt\"]",
            ",\"alg\":\"ECDH-ES\"",
            ",\"alg\":\"HS256\"",
            ",\"use\":\"jwt-svid\"",
            ",\"use\":\"x509-svid\"",
            ",\"use\":\"SIG\"")) {
      String odd = SigningKey.set(more, RSA);
      String key = odd.substring(9, odd.length() - 2);
      KeySet set = read(with(key));
      assertNull(set.find("b"), more);
      assertNotNull(set.find(null), "the other key is the only one that verifies");
    }
    for (String more :
        List.of("", ",\"use\":\"sig\"", ",\"key_ops\":[\"verify\"]", ",\"alg\":\"ES256\"")) {
      assertNotNull(read(SigningKey.set(more, EC)).find("a"), more);
    }
  }

  @Test
  void a13KeyOfOneAlgorithmVerifiesNoOther() throws RefusedTokenException {
    Desk desk = new Desk();
    desk.keys = read(SigningKey.set(",\"alg\":\"PS256\"", RSA));
    Desk.stranger(desk.verify(RSA.token(JsonText.text(desk.claims()))), "RS256 with a PS256 key");
    desk.keys = read(SigningKey.set("", RSA));
    desk.identified(RSA.token(JsonText.text(desk.claims())));
    SigningKey wide = SigningKey.of("w", "ES384");
    desk.keys = read(SigningKey.set("", wide));
    Desk.stranger(desk.verify(wide.token(JsonText.text(desk.claims()))), "ES384 is not pinned");
  }

  @Test
  void everyPinnedAlgorithmOfOurOwnVerifies() throws RefusedTokenException {
    for (String algorithm : List.of("ES256", "ES384", "ES512", "RS256", "EdDSA")) {
      SigningKey key = SigningKey.of("k", algorithm);
      CompactToken token = CompactToken.read(key.token("{\"a\":1}"));
      SignatureCheck.verify(token.jws(), key.jwk(), Set.of(algorithm));
      SigningKey other = SigningKey.of("k", algorithm);
      assertThrows(
          RefusedTokenException.class,
          () -> SignatureCheck.verify(token.jws(), other.jwk(), Set.of(algorithm)));
    }
  }

  @Test
  void a13SignaturesWithZeroOrOrderAsHalfAreRefused() {
    Desk desk = new Desk();
    String n = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    String p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    String zero = "0".repeat(64);
    String one = "0".repeat(63) + "1";
    String good = desk.good();
    String input = good.substring(0, good.lastIndexOf('.') + 1);
    for (String r : List.of(zero, n, p, one)) {
      for (String s : List.of(zero, n, p, one)) {
        byte[] signature = java.util.HexFormat.of().parseHex(r + s);
        desk.refused(input + SigningKey.base64(signature), r + s);
      }
    }
    assertEquals("reader", desk.identified(good).agent().id());
  }
}
