package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.rego.bundle.Bundle;
import dev.mcpguard.rego.bundle.BundleSigner;
import dev.mcpguard.rego.bundle.Manifest;
import dev.mcpguard.rego.bundle.SignatureAlgorithm;
import dev.mcpguard.rego.bundle.SigningKey;
import dev.mcpguard.rego.value.ObjectValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/** Who releases policy: two key pairs, the policy folder of a home, and the verb that packs it. */
final class BundleRelease {
  /** A site rule that nothing meets. */
  static final String NEVER = "package mcpguard.site\nrequired := {\"never\"}\nshown := set()\n";

  private final GuardHome home;

  BundleRelease(GuardHome home) throws Exception {
    this.home = home;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    for (String name : List.of("release", "other")) {
      KeyPair pair = generator.generateKeyPair();
      home.write(name + ".key", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      home.write(name + ".pem", pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END " + type + "-----\n";
  }

  /** The folder as it is now, signed by that key under the id {@code release}. */
  byte[] signed(String revision, String key) throws Exception {
    return packed(
        revision, "--with-tests", "--signing-key", home.file(key + ".key").toString(),
        "--signing-key-id", "release");
  }

  byte[] signed(String revision) throws Exception {
    return signed(revision, "release");
  }

  /** Puts this archive in the place of {@code policy.tar.gz}, whole at any moment. */
  void replace(byte[] archive) throws IOException {
    Files.write(home.file("policy.part"), archive);
    Files.move(
        home.file("policy.part"), home.file("policy.tar.gz"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** With another text in {@code site.rego}, which the folder keeps; its tests no longer fit. */
  byte[] signedWithSite(String revision, String site) throws Exception {
    Files.deleteIfExists(home.file("policies/site_test.rego"));
    home.write("policies/site.rego", site);
    return signed(revision);
  }

  byte[] unsigned(String revision) throws Exception {
    return packed(revision);
  }

  private byte[] packed(String revision, String... more) throws Exception {
    Path archive = home.file("packed.tar.gz");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "policy", "bundle", "-p", home.file("policies").toString(), "--revision", revision,
                "-o", archive.toString()));
    arguments.addAll(List.of(more));
    GuardOutput output = GuardOutput.of(arguments.toArray(String[]::new));
    assertEquals(0, output.exit(), output::text);
    return Files.readAllBytes(archive);
  }

  /** One module, well signed, whatever it says: the verb would refuse to pack what does not compile. */
  byte[] signedModule(String revision, String text) throws Exception {
    TreeMap<String, String> modules = new TreeMap<>();
    modules.put("authz.rego", text);
    SigningKey key =
        SigningKey.ofPem(
            "release", SignatureAlgorithm.ofText("ES256"),
            Files.readString(home.file("release.key")));
    return Bundle.of(new Manifest(revision, List.of("")), modules, ObjectValue.EMPTY)
        .archive(new BundleSigner(key, "", "", Instant.now()));
  }
}
