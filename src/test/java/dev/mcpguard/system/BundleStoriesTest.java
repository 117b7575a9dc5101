package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.app.wiring.GuardServer;
import dev.mcpguard.json.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows B7, B8 and F8 of the threats where the policy is a signed bundle: it decides, a new revision
 * takes effect, whatever is not a good successor is refused and said, and the log can be decided again.
 */
class BundleStoriesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String VERIFICATION =
      "verification: {keys: {release: {file: release.pem, algorithm: ES256}}}";

  @TempDir Path folder;

  /** A home whose policy is a bundle from {@code origin}; the policy folder is what is packed. */
  private static void decideBy(GuardHome home, String origin) throws IOException {
    String text = Files.readString(home.file("mcp-guard.yaml"));
    home.write(
        "mcp-guard.yaml",
        text.replace(
            "policy: {folder: policies}",
            "policy: {deadline: 2s, bundle: {%s, folder: kept, revisions: increasing, %s}}"
                .formatted(origin, VERIFICATION)));
  }

  private static String at(BundleServer server) {
    return "url: \"" + server.uri() + "\", polling: {min-delay: 100ms, max-delay: 200ms}";
  }

  private static String page(GuardFixture guard, String path) throws IOException {
    return guard.send(Bytes.of("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).text();
  }

  /** What {@code /readyz} says of the bundle once it is as wanted. */
  private static String awaitBundle(GuardFixture guard, boolean ready, String words)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Json page = Json.read(page(guard, "/readyz"));
      Json part = part(page, "policy-bundle");
      String detail = part.textAt("detail").orElse("");
      if (part.toString().contains("\"ready\":" + ready) && detail.contains(words)) {
        // A bundle that is refused does not make the guard refuse everything.
        assertTrue(page.toString().startsWith("{\"ready\":true"), page::toString);
        return detail;
      }
      assertTrue(System.nanoTime() < deadline, page::toString);
      Thread.sleep(50);
    }
  }

  private static Json part(Json page, String name) {
    Json.Arr parts = (Json.Arr) page.get("parts").orElseThrow();
    return parts.elements().stream()
        .filter(part -> part.textAt("part").filter(name::equals).isPresent())
        .findFirst()
        .orElseThrow(() -> new AssertionError(page.toString()));
  }

  private static String revision(GuardFixture guard) throws IOException {
    return guard.log().ofKind("admission").getLast().textAt("decision", "revision").orElseThrow();
  }

  private static void assertDenied(GuardFixture guard) throws IOException {
    guard.assertStopped(
        guard.good().bytes(GuardFixture.PATH, guard.port()), Set.of("policy-denied"));
  }

  private static Request escalating(GuardFixture guard) {
    return Request.call("drop", "{}").intent(GuardFixture.LOOK).token(guard.goodToken());
  }

  /** Every decision of the log, as many as that, comes out the same from the bundles kept beside it. */
  private void assertReplays(int decisions) {
    GuardOutput replay =
        GuardOutput.of("audit", "replay", "--config", folder.resolve("mcp-guard.yaml").toString());
    assertEquals(0, replay.exit(), replay::text);
    assertTrue(
        replay.text().contains(decisions + " decided again with the same answer\n0 with another"),
        () -> decisions + " expected: " + replay.text());
  }

  @Test
  void b7_b8_f8_aNewRevisionTakesEffectAndTheLogIsDecidedAgainFromTheBundlesInIt()
      throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder);
    BundleRelease release = new BundleRelease(prepared.home());
    try (prepared;
        BundleServer server = BundleServer.start(release.signed("1"))) {
      decideBy(prepared.home(), at(server));
      GuardFixture guard = prepared.serve();
      guard.assertPermitted(guard.good(), "echo");
      guard.assertRefused(escalating(guard), "intent-exceeded");
      String first = revision(guard);
      server.serve(release.signedWithSite("2", BundleRelease.NEVER));
      awaitBundle(guard, true, "revision 2");
      assertDenied(guard);
      Json denied = guard.log().ofKind("refusal").getLast();
      String second = denied.textAt("decision", "revision").orElseThrow();
      assertNotEquals(first, second);
      Json changed = guard.log().events("policy-changed").getLast();
      assertEquals(first, changed.textAt("event", "from").orElse(""), changed::toString);
      assertEquals(second, changed.textAt("event", "to").orElse(""), changed::toString);
      assertEquals("2", changed.textAt("event", "bundle_revision").orElse(""), changed::toString);
      assertTrue(
          page(guard, "/metrics").contains("mcpguard_policy_bundle_info{revision=\"2\"} 1"),
          () -> "the metrics do not name the revision");
      awaitUnchanged(server);
      assertEquals(2, server.sent(), "what was held was sent again");
    }
    assertReplays(4);
  }

  private static void awaitUnchanged(BundleServer server) throws InterruptedException {
    int before = server.unchanged();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (server.unchanged() < before + 2) {
      assertTrue(System.nanoTime() < deadline, "it is not asked again with the tag");
      Thread.sleep(50);
    }
  }

  /** By what must be said of each; all are refused while revision 5 decides. */
  private static Map<String, byte[]> unfit(BundleRelease release) throws Exception {
    Map<String, byte[]> unfit = new LinkedHashMap<>();
    unfit.put("signature does not verify", release.signed("6", "other"));
    unfit.put("not signed", release.unsigned("6"));
    unfit.put("`4` goes back behind `5`", release.signed("4"));
    unfit.put("`newest` has no order", release.signed("newest"));
    unfit.put(
        "authz.rego:4", release.signedModule("6", "package mcpguard.authz\n\ndecision := {\n"));
    unfit.put(
        "permits a call of nobody",
        release.signedModule(
            "6",
            """
            package mcpguard.authz

            decision := {"decision": true, "context": {"reasons": [], "obligations": []}}
            """));
    unfit.put("does not define", release.signedModule("6", "package mcpguard.other\n\nx := 1\n"));
    byte[] whole = release.signed("6");
    unfit.put("gzip", java.util.Arrays.copyOf(whole, whole.length / 2));
    unfit.put(
        "`5` was in force with another content",
        release.signedWithSite("5", BundleRelease.NEVER));
    return unfit;
  }

  @Test
  void b7_whatIsNoGoodSuccessorIsRefusedAndTheLastGoodBundleDecides() throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder);
    BundleRelease release = new BundleRelease(prepared.home());
    byte[] good = release.signed("5");
    try (prepared;
        BundleServer server = BundleServer.start(good)) {
      decideBy(prepared.home(), at(server));
      GuardFixture guard = prepared.serve();
      guard.assertPermitted(guard.good(), "echo");
      String first = revision(guard);
      for (Map.Entry<String, byte[]> each : unfit(release).entrySet()) {
        server.serve(each.getValue());
        String detail = awaitBundle(guard, false, each.getKey());
        assertTrue(detail.contains("revision 5"), detail);
        guard.assertPermitted(guard.good(), "echo");
        guard.assertRefused(escalating(guard), "intent-exceeded");
        assertEquals(first, revision(guard));
      }
      assertTrue(
          page(guard, "/metrics").contains("mcpguard_policy_bundle_sound 0"),
          () -> "the metrics do not say so");
      assertEquals(List.of(), guard.log().events("policy-changed"));
      server.serve(good);
      awaitBundle(guard, true, "revision 5");
      server.serve(release.signed("6"));
      awaitBundle(guard, true, "revision 6");
      assertDenied(guard);
    }
  }

  @Test
  void b7_aRestartWithoutTheBundleServerDecidesByTheKeptBundleAndSaysSo() throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder);
    BundleRelease release = new BundleRelease(prepared.home());
    int port;
    int decisions;
    try (prepared) {
      try (BundleServer server = BundleServer.start(release.signed("7"))) {
        port = server.port();
        decideBy(prepared.home(), at(server));
        prepared.serve();
        prepared.assertPermitted(prepared.good(), "echo");
      }
      String first = revision(prepared);
      int served = prepared.log().events("tool-served").size();
      prepared.restart();
      Json page = Json.read(page(prepared, "/readyz"));
      assertTrue(part(page, "policy-bundle").toString().contains("\"ready\":false"), page::toString);
      awaitServed(prepared, served);
      awaitBundle(prepared, false, "revision 7");
      prepared.assertPermitted(prepared.good(), "echo");
      assertEquals(first, revision(prepared));
      try (BundleServer back =
          BundleServer.start(port, release.signedWithSite("8", BundleRelease.NEVER))) {
        awaitBundle(prepared, true, "revision 8");
        assertDenied(prepared);
      }
      decisions = prepared.log().settledTerminals();
    }
    assertReplays(decisions);
  }

  private static void awaitServed(GuardFixture guard, int before) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!page(guard, "/metrics").contains("mcpguard_tools_served{server=\"rec\"} 3")) {
      assertTrue(System.nanoTime() < deadline, "the tools are not served again after " + before);
      Thread.sleep(50);
    }
  }

  @Test
  void b7_aKeptBundleThatWasTouchedStartsNothing() throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder);
    BundleRelease release = new BundleRelease(prepared.home());
    try (prepared) {
      try (BundleServer server = BundleServer.start(release.signed("7"))) {
        decideBy(prepared.home(), at(server));
        prepared.serve().stop();
      }
      try (Stream<Path> kept = Files.list(prepared.home().file("kept"))) {
        Path archive =
            kept.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
        Files.write(archive, release.signed("9", "other"));
      }
      assertTrue(
          refusalToStart(prepared).contains("its digest differs"), () -> refusalToStart(prepared));
    }
  }

  private static String refusalToStart(GuardFixture guard) {
    return assertThrows(
            ConfigException.class,
            () -> GuardServer.start(guard.home().configuration(), InstantSource.system()).close())
        .findings()
        .toString();
  }

  @Test
  void b7_b8_aBundleFileIsReadAgainWhenItChangesAndABrokenOneChangesNothing() throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder);
    GuardHome home = prepared.home();
    BundleRelease release = new BundleRelease(home);
    byte[] good = release.signed("1.0.0");
    int decisions;
    try (prepared) {
      release.replace(release.signed("1.0.0", "other"));
      decideBy(home, "file: policy.tar.gz");
      assertTrue(
          refusalToStart(prepared).contains("does not verify"), () -> refusalToStart(prepared));
      release.replace(good);
      GuardFixture guard = prepared.serve();
      guard.assertPermitted(guard.good(), "echo");
      String first = revision(guard);
      release.replace(release.unsigned("1.1.0"));
      awaitBundle(guard, false, "not signed");
      guard.assertPermitted(guard.good(), "echo");
      assertEquals(first, revision(guard));
      release.replace(good);
      awaitBundle(guard, true, "revision 1.0.0");
      release.replace(release.signedWithSite("1.1.0", BundleRelease.NEVER));
      awaitBundle(guard, true, "revision 1.1.0");
      assertDenied(guard);
      release.replace(good);
      awaitBundle(guard, false, "goes back");
      assertDenied(guard);
      decisions = guard.log().settledTerminals();
    }
    assertReplays(decisions);
  }
}
