package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs say of bundles, and what is said of a configuration that names one wrongly. */
class BundleVerbsTest {
  @TempDir Path folder;

  private static GuardOutput verb(String... words) {
    return GuardOutput.of(words);
  }

  /** A verb of {@code policy} over the packed bundle, verified with this key. */
  private static GuardOutput policy(GuardHome home, String key, String verb, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "policy", verb, "-b", home.file("packed.tar.gz").toString(),
                "--verification-key", home.file(key + ".pem").toString(),
                "--verification-key-id", "release"));
    words.addAll(List.of(more));
    return GuardOutput.of(words.toArray(String[]::new));
  }

  private static void assertSays(GuardOutput output, int exit, String words) {
    assertEquals(exit, output.exit(), output::text);
    assertTrue(output.text().contains(words), output::text);
  }

  @Test
  void everyVerbReadsASignedBundleAndNoneReadsOneThatDoesNotVerify() throws Exception {
    try (GuardFixture prepared = GuardFixture.prepare(folder)) {
      GuardHome home = prepared.home();
      new BundleRelease(home).signed("42");
      home.write("input.json", "{\"context\": {\"time\": \"2026-11-29T00:00:00Z\"}}");
      String input = home.file("input.json").toString();
      assertSays(policy(home, "release", "check"), 0, "bundle revision 42");
      assertSays(policy(home, "release", "check", "--json"), 0, "\"bundle_revision\":\"42\"");
      assertSays(policy(home, "release", "test"), 0, "PASS");
      assertSays(
          policy(home, "release", "eval", "data.mcpguard.site.required"), 0,
          "restricted-stays-inside");
      assertSays(policy(home, "release", "explain", input), 0, "data.mcpguard.authz.decision");
      assertSays(policy(home, "release", "bench", "--seconds", "1", input), 0, "us a decision");
      for (String verb : List.of("check", "test")) {
        GuardOutput refused = policy(home, "other", verb);
        assertNotEquals(0, refused.exit(), refused::text);
        assertTrue(refused.text().contains("does not verify"), refused::text);
      }
      assertSays(
          verb("policy", "check", "-b", home.file("packed.tar.gz").toString()), 3,
          "no key is configured");
    }
  }

  @Test
  void aKeyBesideAPolicyThatIsNoBundleIsNotSilentlyIgnored() throws Exception {
    try (GuardFixture prepared = GuardFixture.prepare(folder)) {
      GuardHome home = prepared.home();
      new BundleRelease(home);
      String key = home.file("release.pem").toString();
      assertSays(
          verb(
              "policy", "check", "-p", home.file("policies").toString(), "--verification-key", key),
          3, "--bundle");
      assertSays(
          verb(
              "policy", "check", "-c", home.file("mcp-guard.yaml").toString(), "--scope", "x"),
          3, "--bundle");
    }
  }

  @Test
  void badConfigurationIsNamedWithFileLineAndField() throws Exception {
    try (GuardFixture prepared = GuardFixture.prepare(folder)) {
      GuardHome home = prepared.home();
      String text =
          Files.readString(home.file("mcp-guard.yaml")).replace("policy: {folder: policies}\n", "");
      int line = (int) text.lines().count() + 3;
      Map<String, String> wrong = new LinkedHashMap<>();
      wrong.put("url: 'http://bundles.example.com/b'", "policy.bundle.url");
      wrong.put("verification: {keys: {}}", "policy.bundle.verification.keys");
      wrong.put("revisions: rising", "policy.bundle.revisions");
      wrong.put("oldest-revision: '4'", "policy.bundle.oldest-revision");
      wrong.put("polling: {min-delay: 1ms}", "policy.bundle.polling.min-delay");
      wrong.put("token: secret", "policy.bundle.token");
      wrong.put("tls: {certificate: c.pem}", "policy.bundle.tls.key");
      wrong.put("verfication: {}", "policy.bundle.verfication");
      wrong.put("limits: {archive-bytes: 0}", "policy.bundle.limits.archive-bytes");
      for (Map.Entry<String, String> each : wrong.entrySet()) {
        String url = each.getKey().startsWith("url") ? "" : ", url: 'https://b.example.com/b'";
        home.write(
            "mcp-guard.yaml",
            text + "policy:\n  bundle:\n    {" + each.getKey() + url + "}\n");
        GuardOutput output =
            GuardOutput.of("check", "--config", home.file("mcp-guard.yaml").toString());
        assertNotEquals(0, output.exit(), each::getKey);
        assertTrue(
            output.text().contains("mcp-guard.yaml:" + line)
                && output.text().contains(each.getValue()),
            () -> each.getKey() + " " + line + ": " + output.text());
      }
    }
  }

  /** What a user gets wrong first: told in words, with the exit code of its kind, never as a trace. */
  @Test
  void wrongInputsAndQueriesAreToldInWords() throws Exception {
    try (GuardFixture prepared = GuardFixture.prepare(folder)) {
      GuardHome home = prepared.home();
      home.write("input.json", "{}");
      String policies = home.file("policies").toString();
      String input = home.file("input.json").toString();
      String gone = home.file("gone.json").toString();
      assertSays(verb("policy", "eval", "-p", policies, "-i", gone, "1"), 3, "gone.json: cannot be read");
      assertSays(verb("policy", "explain", "-p", policies, gone), 3, "gone.json: cannot be read");
      assertSays(verb("policy", "bench", "-p", policies, "-q", "x y", input), 2, "`x y` is no path");
      assertSays(verb("policy", "bench", "-p", policies, "--seconds", "0", input), 2, "--seconds");
    }
  }
}
