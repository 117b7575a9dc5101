package dev.mcpguard.policy.bundle;

import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.policy.workbench.PolicyBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keys, policies and bundles to try. */
final class Bundles {
  static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  static final String DENIES =
      """
      package mcpguard.authz

      decision := {"decision": false, "context": {"reasons": [{"code": "policy-denied"}]}}
      """;

  private final Path folder;

  Bundles(Path folder) throws Exception {
    this.folder = folder;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    for (String name : new String[] {"release", "other"}) {
      KeyPair pair = generator.generateKeyPair();
      Files.writeString(key(name + ".key"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      Files.writeString(key(name + ".pem"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }
  }

  Path key(String name) {
    return folder.resolve(name);
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END " + type + "-----\n";
  }

  /** One module that denies, and other files. */
  static PolicyFiles files(Map<String, String> others) {
    TreeMap<String, String> files = new TreeMap<>(others);
    files.putIfAbsent("authz.rego", DENIES);
    return new PolicyFiles(files);
  }

  byte[] signed(String revision, PolicyFiles files, String key) throws Exception {
    PolicyBundle.Signature signature =
        new PolicyBundle.Signature(key(key + ".key"), "release", "ES256", "", "", NOW);
    return new PolicyBundle(revision, true, signature).archive(files);
  }

  byte[] signed(String revision) throws Exception {
    return signed(revision, files(Map.of("site.rego", "package site\n\nr := \"" + revision + "\"\n")), "release");
  }

  static byte[] unsigned(String revision, PolicyFiles files) throws Exception {
    return new PolicyBundle(revision, true, null).archive(files);
  }

  BundleSettings.Verification verification() {
    return new BundleSettings.Verification(
        Map.of("release", new BundleSettings.KeyFile("ES256", key("release.pem"))),
        null, null, null, null);
  }

  BundleSettings settings(BundleOrigin origin, BundleSettings.Revisions revisions, @Nullable String oldest) {
    return new BundleSettings(
        origin, folder.resolve("store"), verification(), false, revisions, oldest,
        BundleSettings.Sizes.STANDARD);
  }

  static BundleOrigin.Polling polling() {
    return new BundleOrigin.Polling(
        Duration.ofMillis(100), Duration.ofMillis(400), null, Duration.ofSeconds(20));
  }
}
