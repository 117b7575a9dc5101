package dev.mcpguard.policy.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.Policies;
import dev.mcpguard.policy.PolicyFiles;
import dev.mcpguard.rego.bundle.Bundle;
import dev.mcpguard.rego.bundle.Manifest;
import dev.mcpguard.rego.value.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which bundles may decide. */
class BundleLoaderTest {
  @TempDir Path folder = Path.of("");
  private @Nullable Bundles made;

  @BeforeEach
  void keys() throws Exception {
    made = new Bundles(folder);
  }

  private Bundles bundles() {
    return java.util.Objects.requireNonNull(made);
  }

  private BundleLoader loader(BundleSettings.@Nullable Verification verification, boolean tests) {
    BundleSettings settings =
        new BundleSettings(
            new BundleOrigin.File(folder.resolve("b.tar.gz")), folder, verification, tests,
            BundleSettings.Revisions.ANY, null, BundleSettings.Sizes.STANDARD);
    return new BundleLoader(settings, Policies.PATIENCE, () -> Bundles.NOW);
  }

  private void assertRefused(String words, BundleLoader loader, byte[] archive) {
    ConfigException refused = assertThrows(ConfigException.class, () -> loader.load(archive), words);
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }

  private void assertRefused(String words, Map<String, String> files) throws Exception {
    assertRefused(words, loader(null, false), Bundles.unsigned("1", Bundles.files(files)));
  }

  @Test
  void shippedPolicyDecidesTheSameFromASignedBundle() throws Exception {
    PolicyFiles shipped = Policies.shippedFiles();
    LoadedBundle bundle =
        loader(bundles().verification(), true).load(bundles().signed("7", shipped, "release"));
    assertEquals("7", bundle.revision());
    assertEquals("release", bundle.signer());
    assertEquals("7", bundle.policies().commonRevision());
    var request = Policies.request(Policies.permittedCall());
    assertEquals(
        Policies.shipped().decide(request).reasons(), bundle.policies().decide(request).reasons());
  }

  /** What is kept as evidence is enough to decide again, and says which bundle it was. */
  @Test
  void evidenceOfABundleCompilesAgainToTheSameRevision() throws Exception {
    CompiledPolicies policies =
        loader(bundles().verification(), false)
            .load(bundles().signed("7", Policies.shippedFiles(), "release"))
            .policies();
    PolicyFiles again = PolicyFiles.ofDocument(policies.files().document());
    assertEquals(policies.revision(), again.revision().text());
    assertEquals("7", again.bundleRevision());
    var request = Policies.request(Policies.permittedCall());
    assertEquals(
        policies.decide(request),
        CompiledPolicies.recorded(again, Policies.PATIENCE).decide(request));
  }

  @Test
  void unsignedStrippedOrForeignBundlesAreRefusedWhereAKeyIsConfigured() throws Exception {
    BundleLoader strict = loader(bundles().verification(), false);
    assertRefused("not signed", strict, Bundles.unsigned("1", Bundles.files(Map.of())));
    assertRefused("does not verify", strict, bundles().signed("1", Bundles.files(Map.of()), "other"));
    assertRefused("no key is configured", loader(null, false), bundles().signed("1"));
    for (String algorithm : List.of("HS256", "none", "MD5")) {
      BundleSettings.Verification odd =
          new BundleSettings.Verification(
              Map.of("release", new BundleSettings.KeyFile(algorithm, bundles().key("release.pem"))),
              null, null, null, null);
      assertRefused(algorithm, loader(odd, false), bundles().signed("1"));
    }
    BundleSettings.Verification keyless =
        new BundleSettings.Verification(Map.of(), null, "prod", null, null);
    assertRefused("needs a key", loader(keyless, false), bundles().signed("1"));
    BundleSettings.Verification gone =
        new BundleSettings.Verification(
            Map.of("release", new BundleSettings.KeyFile("ES256", folder.resolve("gone"))),
            null, null, null, null);
    assertRefused("cannot be read", loader(gone, false), bundles().signed("1"));
  }

  @Test
  void policyThatCannotDecideIsRefused() throws Exception {
    assertRefused("does not define", Map.of("authz.rego", "package mcpguard.other\n\ndecision := 1\n"));
    assertRefused(
        "permits a call of nobody",
        Map.of(
            "authz.rego",
            "package mcpguard.authz\n\ndecision := {\"decision\": true, \"context\": {\"reasons\": []}}\n"));
    assertRefused(
        "fails on an empty input",
        Map.of(
            "authz.rego",
            "package mcpguard.authz\n\ndecision := {\"a\": 1}\n\ndecision := {\"b\": 1}\n"));
    assertRefused(
        "lie where a rule is",
        Map.of("mcpguard/authz/data.json", "{\"decision\": {\"decision\": true}}"));
    assertThrows(
        ConfigException.class,
        () -> loader(null, false).load(
            Bundle.of(
                    new Manifest("1", List.of("")), new TreeMap<>(Map.of("m.rego", "package a\n\nx :=\n")),
                    Values.parseJson("{}"))
                .archive()));
  }

  @Test
  void testsCountWhereTheyAreAskedFor() throws Exception {
    BundleLoader demanding = loader(bundles().verification(), true);
    assertRefused("brings no tests", demanding, bundles().signed("1"));
    PolicyFiles failing =
        Bundles.files(Map.of("a_test.rego", "package a_test\n\ntest_no if 1 == 2\n"));
    assertRefused("`data.a_test.test_no` ends FAIL", demanding, bundles().signed("1", failing, "release"));
    loader(bundles().verification(), false).load(bundles().signed("1", failing, "release"));
    PolicyFiles passing =
        Bundles.files(
            Map.of(
                "a_test.rego",
                "package a_test\n\ntest_denied if data.mcpguard.authz.decision.decision == false\n"));
    demanding.load(bundles().signed("1", passing, "release"));
    PolicyFiles empty = Bundles.files(Map.of("a_test.rego", "package a_test\n\nx := 1\n"));
    assertRefused("hold no tests", demanding, bundles().signed("1", empty, "release"));
  }
}
