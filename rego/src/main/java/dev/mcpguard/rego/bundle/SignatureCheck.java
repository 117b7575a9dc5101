package dev.mcpguard.rego.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the signature of a bundle: by a pinned key and its pinned algorithm, within scope, and over
 * exactly the files that are there. Immutable.
 */
final class SignatureCheck {
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final SignatureRule.Demanded rule;
  private final Instant now;

  SignatureCheck(SignatureRule.Demanded rule, Instant now) {
    this.rule = rule;
    this.now = now;
  }

  /** What the verified signature says; a refusal for anything less. */
  Signed verify(SortedMap<String, byte[]> files) throws RefusedBundleException {
    byte[] document = files.get(FileKind.SIGNATURES_NAME);
    if (document == null) {
      throw RefusedBundleException.signature(
          "the bundle is not signed: `.signatures.json` is missing, and a key is configured");
    }
    SignatureToken token = SignatureToken.read(document);
    String keyId = keyId(token.keyId());
    VerifyingKey key = rule.keys().get(keyId);
    if (key == null) {
      throw RefusedBundleException.signature(
          "the bundle is signed by " + RefusedBundleException.quoted(keyId)
              + ", which is none of the configured keys");
    }
    if (!token.algorithm().equals(key.algorithm().text())) {
      throw RefusedBundleException.signature(
          "the bundle is signed by " + RefusedBundleException.quoted(token.algorithm())
              + ", but the key " + RefusedBundleException.quoted(keyId) + " is for "
              + key.algorithm().text());
    }
    if (!key.verifies(token.signedText(), token.signature())) {
      throw RefusedBundleException.signature(
          "the signature does not verify by the key " + RefusedBundleException.quoted(keyId));
    }
    // INVARIANT: from here on the payload is the signer's.
    claims(token);
    cover(token.files(), files);
    return new Signed(
        keyId, key.algorithm(), token.claim("scope"), token.claim("iss"), token.issuedAt());
  }

  private String keyId(String named) throws RefusedBundleException {
    String only = rule.keyId();
    if (only != null && !named.isEmpty() && !named.equals(only)) {
      throw RefusedBundleException.signature(
          "the bundle is signed by " + RefusedBundleException.quoted(named) + ", not by "
              + RefusedBundleException.quoted(only));
    }
    if (only != null || !named.isEmpty()) {
      return only == null ? named : only;
    }
    if (rule.keys().size() == 1) {
      return rule.keys().keySet().iterator().next();
    }
    throw RefusedBundleException.signature(
        "the signature names no key; configure which one is meant");
  }

  private void claims(SignatureToken token) throws RefusedBundleException {
    String scope = token.claim("scope");
    String wanted = rule.scope() == null ? "" : rule.scope();
    if (!scope.equals(wanted)) {
      throw RefusedBundleException.signature(
          "the signature is for the scope " + RefusedBundleException.quoted(scope) + ", not "
              + RefusedBundleException.quoted(wanted));
    }
    if (rule.issuer() != null && !rule.issuer().equals(token.claim("iss"))) {
      throw RefusedBundleException.signature(
          "the signature is issued by " + RefusedBundleException.quoted(token.claim("iss"))
              + ", not " + RefusedBundleException.quoted(rule.issuer()));
    }
    age(token.issuedAt(), rule.longestAge());
  }

  private void age(@Nullable Instant issuedAt, @Nullable Duration longest)
      throws RefusedBundleException {
    if (issuedAt != null && issuedAt.isAfter(now.plus(SKEW))) {
      throw RefusedBundleException.signature("the signature is issued in the future, " + issuedAt);
    }
    if (longest == null) {
      return;
    }
    if (issuedAt == null) {
      throw RefusedBundleException.signature(
          "the signature does not say when it was issued (`iat`), and a longest age is configured");
    }
    if (issuedAt.plus(longest).plus(SKEW).isBefore(now)) {
      throw RefusedBundleException.signature(
          "the signature is too old: issued " + issuedAt + "; sign the bundle again");
    }
  }

  /** Every file is listed with its hash, and every listed file is there. */
  private static void cover(
      Map<String, SignatureToken.Listed> listed, SortedMap<String, byte[]> files)
      throws RefusedBundleException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      if (path.equals(FileKind.SIGNATURES_NAME)) {
        continue;
      }
      SignatureToken.Listed entry = listed.get(path);
      if (entry == null) {
        throw RefusedBundleException.signature(
            RefusedBundleException.quoted(path) + " is not covered by the signature");
      }
      if (!FileHash.ALGORITHMS.contains(entry.algorithm())) {
        throw RefusedBundleException.signature(
            RefusedBundleException.quoted(path) + " is hashed by "
                + RefusedBundleException.quoted(entry.algorithm())
                + "; SHA-256, SHA-384 and SHA-512 are taken");
      }
      String hash = FileHash.of(path, file.getValue(), entry.algorithm());
      if (!MessageDigest.isEqual(ascii(hash), ascii(entry.hash()))) {
        throw RefusedBundleException.signature(
            RefusedBundleException.quoted(path) + " is not what was signed");
      }
    }
    for (String path : listed.keySet()) {
      if (!files.containsKey(path)) {
        throw RefusedBundleException.signature(
            RefusedBundleException.quoted(path) + " is signed, but missing");
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
