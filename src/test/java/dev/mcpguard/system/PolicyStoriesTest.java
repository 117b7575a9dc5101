package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.app.wiring.GuardServer;
import dev.mcpguard.json.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows B7 and B9 of the threats: a policy that is missing, broken, half written or gone mad. */
class PolicyStoriesTest {
  private static final Set<String> UNDECIDED = Set.of("policy-undefined", "policy-unavailable");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Sound Rego of a misspelt package. */
  private static final String UNDECIDING =
      "package mcpguard.auth\ndecision := {\"decision\": false, \"context\": {\"reasons\": []}}\n";

  @TempDir Path folder;

  private static void empty(Path policies) throws IOException {
    try (var files = Files.walk(policies)) {
      for (Path file :
          (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
        if (!file.equals(policies)) {
          Files.delete(file);
        }
      }
    }
  }

  private static String refusalToStart(GuardFixture guard) {
    ConfigException refusal =
        assertThrows(
            ConfigException.class,
            () -> GuardServer.start(guard.home().configuration(), InstantSource.system()));
    return refusal.findings().toString();
  }

  @Test
  void b7_theGuardDoesNotStartWithoutASoundPolicy() throws Exception {
    try (GuardFixture guard = GuardFixture.prepare(folder)) {
      GuardHome home = guard.home();
      home.write("policies/site.rego", "package mcpguard.site\nrequired := {\n");
      assertTrue(refusalToStart(guard).contains("site.rego"), () -> refusalToStart(guard));
      home.write("policies/site.rego", "package mcpguard.site\nrequired := no.such.builtin(1)\n");
      assertTrue(refusalToStart(guard).contains("site.rego"), () -> refusalToStart(guard));
      home.write("policies/site.rego", "package mcpguard.site\nrequired := {\"x\"}\n");
      home.write("policies/mcpguard/settings/data.yaml", "scopes: {read: a, read: b}\n");
      assertTrue(refusalToStart(guard).contains("data.yaml"), () -> refusalToStart(guard));
      empty(home.file("policies"));
      home.write("policies/site.rego", UNDECIDING);
      assertTrue(refusalToStart(guard).contains("does not define"), () -> refusalToStart(guard));
      String policies = home.file("policies").toString();
      for (List<String> more : List.of(List.<String>of(), List.of("--json"))) {
        List<String> words = new ArrayList<>(List.of("policy", "check", "-p", policies));
        words.addAll(more);
        GuardOutput checked = GuardOutput.of(words.toArray(String[]::new));
        assertEquals(3, checked.exit(), checked::text);
        assertTrue(checked.text().contains("does not define"), checked::text);
      }
      empty(home.file("policies"));
      assertTrue(refusalToStart(guard).contains("holds no policy"), () -> refusalToStart(guard));
      Files.delete(home.file("policies"));
      assertTrue(refusalToStart(guard).contains("cannot be read"), () -> refusalToStart(guard));
      assertEquals(0, guard.downstream().calls().size());
    }
  }

  @Test
  void b7_aPolicyThatMatchesNothingPermitsNothing() throws Exception {
    try (GuardFixture guard = GuardFixture.prepare(folder)) {
      Files.delete(guard.home().file("policies/site.rego"));
      guard.serve();
      guard.assertStopped(
          guard.good().bytes(GuardFixture.PATH, guard.port()),
          Set.of("policy-denied", "policy-undefined"));
    }
  }

  @Test
  void b7_aBrokenReloadKeepsTheLastGoodPolicy() throws Exception {
    try (GuardFixture guard = GuardFixture.start(folder)) {
      GuardHome home = guard.home();
      home.write("policies/site.rego", "package mcpguard.site\nrequired := {\n");
      awaitReady(guard, "policy", false);
      guard.assertPermitted(guard.good(), "echo");
      guard.assertRefused(escalating(guard), "intent-exceeded");
      home.write(
          "policies/site.rego", "package mcpguard.site\nrequired := {\"never\"}\nshown := set()\n");
      awaitReady(guard, "policy", true);
      guard.assertStopped(
          guard.good().bytes(GuardFixture.PATH, guard.port()), Set.of("policy-denied"));
      assertEquals(1, guard.log().events("policy-changed").size());
    }
  }

  /** A folder without the entry point would deny everything; the last good one goes on deciding. */
  @Test
  void b7_aReloadWithoutADecisionKeepsTheLastGoodPolicy() throws Exception {
    try (GuardFixture guard = GuardFixture.prepare(folder)) {
      String whole = "package mcpguard.authz\n" + verdict("true") + "\nvisible := true\n";
      empty(guard.home().file("policies"));
      guard.home().write("policies/authz.rego", whole);
      guard.serve();
      guard.assertPermitted(guard.good(), "echo");
      guard.home().write("policies/authz.rego", UNDECIDING);
      awaitReady(guard, "policy", false);
      guard.assertPermitted(guard.good(), "echo");
      guard.home().write("policies/authz.rego", whole);
      awaitReady(guard, "policy", true);
      guard.assertPermitted(guard.good(), "echo");
      assertEquals(0, guard.log().events("policy-changed").size());
    }
  }

  /** Each prefix of the file is what a reload may meet while somebody is saving it. */
  @Test
  void b7_aHalfWrittenPolicyNeverPermitsMore() throws Exception {
    String whole = Files.readString(GuardHome.repository().resolve("policies/authz.rego"));
    try (GuardFixture guard = GuardFixture.start(folder)) {
      for (int length = 0; length < whole.length(); length += whole.length() / 9) {
        guard.home().write("policies/authz.rego", whole.substring(0, length));
        Thread.sleep(1_200);
        byte[] more = escalating(guard).bytes(GuardFixture.PATH, guard.port());
        guard.assertStopped(
            more,
            Set.of("intent-exceeded", "policy-undefined", "policy-unavailable", "policy-denied"));
      }
      guard.home().write("policies/authz.rego", whole);
      awaitReady(guard, "policy", true);
      guard.assertPermitted(guard.good(), "echo");
    }
  }

  private static Request escalating(GuardFixture guard) {
    return Request.call("drop", "{}").intent(GuardFixture.LOOK).token(guard.goodToken());
  }

  private static void awaitReady(GuardFixture guard, String part, boolean ready) throws Exception {
    String wanted = "{\"part\":\"" + part + "\",\"ready\":" + ready;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String page = "";
    while (!page.contains(wanted)) {
      assertTrue(System.nanoTime() < deadline, page);
      Thread.sleep(100);
      page = guard.send(Bytes.of("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).text();
    }
    Thread.sleep(1_200); // a reload that is under way ends within one poll
  }

  @Test
  void b9_aPolicyThatDoesNotDecideDeniesWithAReasonOfItsOwn() throws Exception {
    Map<String, String> policies = new LinkedHashMap<>();
    policies.put("undefined", "decision := x if {\n  x := input.context.arguments.no.such\n}");
    policies.put("not an object", "decision := true");
    policies.put("a text", "decision := \"permit\"");
    policies.put("null", "decision := null");
    policies.put("an array", "decision := [true]");
    policies.put("a set", "decision := {true}");
    policies.put("no verdict", "decision := {\"context\": {\"reasons\": [], \"obligations\": []}}");
    policies.put("a text as verdict", verdict("\"true\""));
    policies.put("a number as verdict", verdict("1"));
    policies.put("null as verdict", verdict("null"));
    policies.put("another verdict", "decision := {\"Decision\": true, \"context\": {}}");
    policies.put("two verdicts", verdict("true") + "\n" + verdict("false"));
    policies.put("division by zero", verdict("1 / (count(input) - count(input)) > 0"));
    policies.put(
        "without end",
        verdict(
            "count([1 | some i in numbers.range(1, 30000); some j in numbers.range(1, 30000); (i *"
                + " j) == 0]) == 0"));
    policies.put("without bound", verdict("count(numbers.range(1, 2000000000)) > 0"));
    policies.put(
        "too long a text",
        verdict("count(concat(\"\", [\"x\" | some i in numbers.range(1, 100000000)])) > 0"));
    for (Map.Entry<String, String> each : policies.entrySet()) {
      Path home = Files.createDirectory(folder.resolve(each.getKey().replace(' ', '-')));
      try (GuardFixture guard = GuardFixture.prepare(home)) {
        empty(guard.home().file("policies"));
        guard
            .home()
            .write(
                "policies/authz.rego",
                "package mcpguard.authz\n" + each.getValue() + "\nvisible := true\n");
        guard.serve();
        try {
          guard.assertStopped(guard.good().bytes(GuardFixture.PATH, guard.port()), UNDECIDED);
        } catch (AssertionError failed) {
          throw new AssertionError(each.getKey(), failed);
        }
      }
    }
  }

  private static String verdict(String term) {
    return "decision := {\"decision\": "
        + term
        + ", \"context\": {\"reasons\": [], \"obligations\": []}}";
  }
}
