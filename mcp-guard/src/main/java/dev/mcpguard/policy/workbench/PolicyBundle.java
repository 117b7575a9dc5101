package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.policy.Documents;
import dev.mcpguard.policy.PolicyCompiler;
import dev.mcpguard.policy.PolicyData;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.RefusedPolicyException;
import dev.mcpguard.rego.bundle.Bundle;
import dev.mcpguard.rego.bundle.BundleSigner;
import dev.mcpguard.rego.bundle.Manifest;
import dev.mcpguard.rego.bundle.RefusedBundleException;
import dev.mcpguard.rego.bundle.SignatureAlgorithm;
import dev.mcpguard.rego.bundle.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Policy files as an OPA bundle. Unless told otherwise its revision is the digest of the folder, which
 * an OPA server names in the provenance of its answers and the guard compares with its own files.
 *
 * @param revision of the bundle
 * @param tests whether the tests are packed too
 * @param signature null to leave it unsigned
 */
public record PolicyBundle(String revision, boolean tests, @Nullable Signature signature) {

  /**
   * How to sign.
   *
   * @param key private key, PEM of PKCS #8
   * @param keyId what verifiers know it by
   * @param algorithm such as {@code ES256}
   * @param scope empty for none
   * @param issuer empty for none
   * @param now becomes {@code iat}
   */
  public record Signature(
      Path key, String keyId, String algorithm, String scope, String issuer, Instant now) {}

  /** Unsigned, of the digest of the files, without tests. */
  public static PolicyBundle plain(PolicyFiles files) {
    return new PolicyBundle(files.revision().text(), false, null);
  }

  /** The archive: policies and, merged to one document, all data. Unsigned: same files, same bytes. */
  public byte[] archive(PolicyFiles files) throws ConfigException, RefusedPolicyException {
    PolicyCompiler.guard().compile(files);
    SortedMap<String, String> modules = new TreeMap<>(files.modules());
    if (tests) {
      PolicyCompiler.guard().withTests().compile(files);
      modules.putAll(files.tests());
    }
    Bundle bundle =
        Bundle.of(
            new Manifest(revision, List.of("")), modules,
            Documents.toValue(PolicyData.of(files.data())));
    try {
      return signature == null ? bundle.archive() : bundle.archive(signer(signature));
    } catch (RefusedBundleException refused) {
      throw problem("bundle", refused.text());
    } catch (IllegalArgumentException unpackable) {
      throw problem("bundle", String.valueOf(unpackable.getMessage()));
    }
  }

  private static BundleSigner signer(Signature signature) throws ConfigException {
    String place = signature.key().toString();
    SignatureAlgorithm algorithm = SignatureAlgorithm.ofText(signature.algorithm());
    if (algorithm == null) {
      throw problem(
          place,
          "`" + signature.algorithm()
              + "` is no algorithm for bundles; use ES256, RS256, PS256 or EdDSA");
    }
    try {
      SigningKey key =
          SigningKey.ofPem(signature.keyId(), algorithm, Files.readString(signature.key()));
      return new BundleSigner(key, signature.scope(), signature.issuer(), signature.now());
    } catch (IOException unreadable) {
      throw problem(place, "cannot be read: " + unreadable.getMessage());
    } catch (IllegalArgumentException unusable) {
      throw problem(place, String.valueOf(unusable.getMessage()));
    }
  }

  private static ConfigException problem(String place, String problem) {
    return new ConfigException(List.of(new Finding(place, 0, "", problem, "")));
  }
}
