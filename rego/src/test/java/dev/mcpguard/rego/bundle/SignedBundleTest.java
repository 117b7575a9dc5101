package dev.mcpguard.rego.bundle;

import static dev.mcpguard.rego.bundle.SignatureAlgorithmsTest.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.bundle.RefusedBundleException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A signature is good only by the right key, algorithm and scope, over exactly the files there. */
class SignedBundleTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String MODULE = "package a.b\n\nallow if input.user == \"ann\"\n";
  private static final KeyPair PAIR = pair("EC", "secp256r1");
  private static final KeyPair OTHER = pair("EC", "secp256r1");

  private static SigningKey signing(KeyPair pair) {
    return new SigningKey("release", SignatureAlgorithm.ES256, pair.getPrivate());
  }

  private static VerifyingKey verifying(KeyPair pair) {
    return new VerifyingKey(SignatureAlgorithm.ES256, pair.getPublic());
  }

  private static SignatureRule.Demanded demanded() {
    return SignatureRule.Demanded.by(Map.of("release", verifying(PAIR)));
  }

  private static SignatureRule.Demanded rule(
      @Nullable String scope, @Nullable String issuer, @Nullable Duration age) {
    return new SignatureRule.Demanded(
        Map.of("release", verifying(PAIR)), null, scope, issuer, age);
  }

  private static SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("m.rego", bytes(MODULE));
    files.put("a/data.json", bytes("{\"x\": 1}"));
    files.put(".manifest", bytes("{\"revision\":\"7\",\"roots\":[\"a\"]}"));
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SortedMap<String, byte[]> signed(KeyPair pair) throws RefusedBundleException {
    SortedMap<String, byte[]> files = files();
    files.put(".signatures.json", new BundleSigner(signing(pair), "", "", null).sign(files()));
    return files;
  }

  private static byte[] archive(Map<String, byte[]> files) {
    TarForge forge = new TarForge();
    files.forEach((path, content) -> forge.entry(path, '0', content));
    return forge.archive();
  }

  private static Bundle read(Map<String, byte[]> files, SignatureRule rule)
      throws RefusedBundleException {
    return new BundleReader(BundleLimits.standard(), rule).read(archive(files), NOW);
  }

  private static void assertRefused(String words, Map<String, byte[]> files, SignatureRule rule) {
    RefusedBundleException refused =
        assertThrows(RefusedBundleException.class, () -> read(files, rule), words);
    assertTrue(refused.text().contains(words), refused.text());
    assertEquals(Reason.SIGNATURE, refused.reason());
  }

  /** A signature file of any header and payload, signed by the right key. */
  private static byte[] forged(String header, String payload) {
    String text = base64(bytes(header)) + "." + base64(bytes(payload));
    return bytes(
        "{\"signatures\":[\"" + text + "." + base64(signing(PAIR).sign(bytes(text))) + "\"]}");
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String payload() throws RefusedBundleException {
    String token =
        new String(signed(PAIR).get(".signatures.json"), StandardCharsets.UTF_8).split("\\.")[1];
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
  }

  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"release\"}";

  private static Map<String, byte[]> with(byte[] signatures) {
    SortedMap<String, byte[]> files = files();
    files.put(".signatures.json", signatures);
    return files;
  }

  @Test
  void signedBundleIsReadAndSaysWhoSigned() throws Exception {
    Bundle bundle = read(signed(PAIR), demanded());
    Signed signed = bundle.signed();
    assertNotNull(signed);
    assertEquals("release", signed.keyId());
    assertEquals(SignatureAlgorithm.ES256, signed.algorithm());
    assertEquals("7", bundle.manifest().revision());
  }

  @Test
  void strippedSignatureIsRefusedWheneverAKeyIsConfigured() {
    assertRefused("not signed", files(), demanded());
    assertRefused("not signed", files(), rule("prod", null, null));
    SignatureRule named =
        new SignatureRule.Demanded(
            Map.of("release", verifying(PAIR)), "release", null, null, null);
    assertRefused("not signed", files(), named);
    for (String empty : List.of("{}", "{\"signatures\":[]}", "{\"signatures\":null}", "[]", "null", "")) {
      assertRefused("signatures.json", with(bytes(empty)), demanded());
    }
  }

  @Test
  void signedBundleWithoutAKeyToVerifyItIsRefused() throws Exception {
    assertRefused("no key is configured", signed(PAIR), new SignatureRule.Unsigned());
    assertEquals(null, read(signed(PAIR), new SignatureRule.Ignored()).signed());
    assertThrows(IllegalArgumentException.class, () -> SignatureRule.Demanded.by(Map.of()));
  }

  @Test
  void fileThatTheSignatureDoesNotListIsRefused() throws Exception {
    for (String path : List.of("n.rego", "README.md", "b/data.json", "a/c/data.yaml", "empty")) {
      SortedMap<String, byte[]> files = signed(PAIR);
      files.put(path, bytes(path.endsWith("json") ? "{}" : path.endsWith("rego") ? "package a.c\n" : ""));
      assertRefused("`" + path + "` is not covered", files, demanded());
    }
  }

  @Test
  void fileThatWasChangedOrRemovedIsRefused() throws Exception {
    for (String path : files().keySet()) {
      SortedMap<String, byte[]> removed = signed(PAIR);
      removed.remove(path);
      assertRefused("`" + path + "` is signed, but missing", removed, demanded());
      SortedMap<String, byte[]> changed = signed(PAIR);
      changed.put(path, bytes(path.equals("m.rego") ? "package a.b\n\nallow := true\n" : "{\"roots\":[\"a\"],\"x\":2}"));
      assertRefused("`" + path + "` is not what was signed", changed, demanded());
    }
  }

  @Test
  void documentsAreHashedByContentAndNotByLayout() throws Exception {
    SortedMap<String, byte[]> files = signed(PAIR);
    files.put("a/data.json", bytes("{\n  \"x\" :1\n}\n"));
    files.put(".manifest", bytes("{\"roots\":[\"a\"], \"revision\":\"7\"}"));
    read(files, demanded());
    files.put("a/data.json", bytes("{\"x\":1.0}"));
    assertRefused("not what was signed", files, demanded());
    files.put("a/data.json", bytes("{\"x\":2,\"x\":1}"));
    assertThrows(RefusedBundleException.class, () -> read(files, demanded()));
  }

  @Test
  void wrongKeyOrAlgorithmIsRefused() throws Exception {
    assertRefused("does not verify", signed(OTHER), demanded());
    assertRefused(
        "none of the configured keys", signed(PAIR),
        SignatureRule.Demanded.by(Map.of("other", verifying(PAIR))));
    SignatureRule two =
        new SignatureRule.Demanded(
            Map.of("release", verifying(PAIR), "other", verifying(OTHER)), "other", null, null, null);
    assertRefused("not by `other`", signed(PAIR), two);
    for (String algorithm : List.of("none", "HS256", "ES384", "RS256", "", "es256")) {
      String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"release\"}";
      assertRefused("is for ES256", with(forged(header, payload())), demanded());
    }
    assertRefused("is for ES256", with(forged("{}", payload())), demanded());
  }

  /** The public key as the secret of an HMAC: the oldest trick on JSON Web Signatures. */
  @Test
  void publicKeyIsNoSecret() throws Exception {
    String text = base64(bytes("{\"alg\":\"HS256\",\"kid\":\"release\"}")) + "." + base64(bytes(payload()));
    javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec(PAIR.getPublic().getEncoded(), "HmacSHA256"));
    String token = text + "." + base64(mac.doFinal(bytes(text)));
    assertRefused("is for ES256", with(bytes("{\"signatures\":[\"" + token + "\"]}")), demanded());
  }

  @Test
  void scopeIssuerAndAgeAreHeld() throws Exception {
    assertRefused("for the scope ``, not `prod`", signed(PAIR), rule("prod", null, null));
    assertRefused("issued by ``", signed(PAIR), rule(null, "ci", null));
    assertRefused("does not say when", signed(PAIR), rule(null, null, Duration.ofDays(1)));
    assertRefused(
        "for the scope `test`, not ``",
        with(new BundleSigner(signing(PAIR), "test", "", null).sign(files())), demanded());
    byte[] old =
        new BundleSigner(signing(PAIR), "", "ci", NOW.minus(Duration.ofDays(2))).sign(files());
    assertRefused("too old", with(old), rule(null, "ci", Duration.ofDays(1)));
    read(with(old), rule(null, "ci", Duration.ofDays(3)));
    byte[] coming =
        new BundleSigner(signing(PAIR), "", "", NOW.plus(Duration.ofHours(1))).sign(files());
    assertRefused("in the future", with(coming), demanded());
  }

  @Test
  void signatureThatNamesNoKeyIsVerifiedByTheOneThereIs() throws Exception {
    String payload = payload().replace(",\"keyid\":\"release\"", "");
    byte[] unnamed = forged("{\"alg\":\"ES256\"}", payload);
    assertEquals("release", String.valueOf(read(with(unnamed), demanded()).signed().keyId()));
    SignatureRule two =
        SignatureRule.Demanded.by(Map.of("release", verifying(PAIR), "other", verifying(OTHER)));
    assertRefused("names no key", with(unnamed), two);
    byte[] torn = forged("{\"alg\":\"ES256\",\"kid\":\"other\"}", payload());
    assertRefused("names two keys", with(torn), two);
  }

  @Test
  void payloadsThatCanBeReadTwoWaysAreRefused() throws Exception {
    String good = payload();
    Map<String, String> bad = new TreeMap<>();
    bad.put(good.replace("{\"files\"", "{\"files\":[],\"files\""), "twice");
    bad.put(good.replace("\"name\":\"m.rego\"", "\"name\":\".manifest\""), "twice");
    bad.put(good.replace("SHA-256", "MD5"), "hashed by `MD5`");
    bad.put(good.replace("SHA-256", "SHA-1"), "hashed by `SHA-1`");
    bad.put(good.replaceFirst("\"hash\":\"[0-9a-f]{64}\"", "\"hash\":\"\""), "not what was signed");
    bad.put(good.replace("\"m.rego\"", "\"/m.rego\""), "not covered");
    bad.put("{\"keyid\":\"release\"}", "lists no files");
    bad.put("{\"files\":[1]}", "no file");
    bad.put("[]", "no object");
    bad.put(good + "x", "no JSON");
    bad.put(good.replace("{\"files\"", "{\"iat\":\"now\",\"files\""), "`iat`");
    bad.put(good.replace("{\"files\"", "{\"scope\":1,\"files\""), "`scope`");
    bad.forEach((text, words) -> assertRefused(words, with(forged(HEADER, text)), demanded()));
    assertRefused(
        "extension", with(forged("{\"alg\":\"ES256\",\"crit\":[\"x\"]}", good)), demanded());
    String one = new String(forged(HEADER, good), StandardCharsets.UTF_8);
    String token = one.substring(one.indexOf("[\"") + 2, one.lastIndexOf("\"]"));
    for (String document :
        List.of(
            "{\"signatures\":[\"" + token + "\",\"" + token + "\"]}",
            "{\"signatures\":[\"" + token + "\"],\"plugin\":\"mine\"}",
            "{\"signatures\":[\"" + token + ".x\"]}", "{\"signatures\":[\"" + token + "=\"]}",
            "{\"signatures\":[\"a.b\"]}", "{\"signatures\":[\"\"]}", "{\"signatures\":[1]}")) {
      assertRefused("sign", with(bytes(document)), demanded());
    }
  }
}
