package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows A20, B8, B12, D5 and F8 of the threats: policy, definitions and tokens change while calls are
 * under way; what was decided is what was forwarded, under the policy that was in force, and can be
 * decided again from the log.
 */
class ChangingWorldStoriesTest {
  private static final String SITE = "package mcpguard.site\nrequired := %s\nshown := set()\n";
  private static final int CALLERS = 4;
  private static final int CHANGES = 4;

  @TempDir Path folder;

  @Test
  void b8_b12_f8_everyCallIsDecidedByOnePolicyAndForwardedAsDecided() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (GuardFixture guard = GuardFixture.start(folder)) {
        List<Future<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
          int number = caller;
          callers.add(threads.submit(() -> call(guard, number, over)));
        }
        for (int change = 1; change <= CHANGES; change++) {
          guard
              .home()
              .write(
                  "policies/site.rego",
                  SITE.formatted(change % 2 == 0 ? "set()" : "{\"never\"}"));
          awaitChange(guard, change);
        }
        over.set(true);
        int sent = 0;
        for (Future<Integer> each : callers) {
          sent += each.get();
        }
        assertEquals(sent, guard.log().terminalsAfter(0, sent).size());
        assertDecidedOnce(guard);
      }
    }
    GuardOutput replay =
        GuardOutput.of("audit", "replay", "--config", folder.resolve("mcp-guard.yaml").toString());
    assertEquals(0, replay.exit(), replay::text);
  }

  private static int call(GuardFixture guard, int caller, AtomicBoolean over) throws Exception {
    int sent = 0;
    while (!over.get()) {
      String arguments = "{\"caller\":" + caller + ",\"turn\":" + sent++ + "}";
      RawHttp.Response answer =
          guard.send(
              Request.call("echo", arguments).intent(GuardFixture.LOOK).token(guard.goodToken()));
      assertEquals(200, answer.status(), answer::text);
      Thread.sleep(10);
    }
    return sent;
  }

  private static void awaitChange(GuardFixture guard, int count) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (guard.log().events("policy-changed").size() < count) {
      assertTrue(System.nanoTime() < deadline, "the policy is not loaded");
      Thread.sleep(50);
    }
  }

  /** Each received call has one admission of the same digest; a revision permits or denies, never both. */
  private static void assertDecidedOnce(GuardFixture guard) throws Exception {
    Map<String, Json> admitted = new HashMap<>();
    Set<String> permitting = new TreeSet<>();
    for (Json record : guard.log().ofKind("admission")) {
      assertEquals(null, admitted.put(LogView.text(record, "arguments_digest"), record));
      permitting.add(record.textAt("decision", "revision").orElseThrow());
    }
    Set<String> denying = new TreeSet<>();
    for (Json record : guard.log().ofKind("refusal")) {
      assertEquals("policy-denied", LogView.text(record, "reason"), record::toString);
      denying.add(record.textAt("decision", "revision").orElseThrow());
    }
    assertTrue(!permitting.isEmpty() && !denying.isEmpty(), "the policy did not change under load");
    Set<String> both = new TreeSet<>(permitting);
    both.retainAll(denying);
    assertEquals(Set.of(), both, "one revision decided both ways");
    List<RecordedRequest> received = guard.downstream().calls();
    assertEquals(admitted.size(), received.size());
    for (RecordedRequest call : received) {
      Json arguments = call.json().flatMap(body -> body.at("params", "arguments")).orElseThrow();
      Json record = admitted.get(GuardHome.digest(arguments));
      assertTrue(record != null, () -> "forwarded and not decided: " + arguments);
      GuardFixture.assertSame(record, call, "echo");
    }
  }

  @Test
  void b12_aDefinitionThatChangesBetweenListAndCallStopsTheCall() throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder, Behaviour.standard());
    try (GuardFixture guard = prepared.serve()) {
      guard.assertPermitted(guard.good(), "echo");
      guard.downstream().behave(Behaviour.standard().changedFromList(1));
      guard.downstream().push(Rpc.notification("tools/list_changed", ""));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (guard.log().events("tool-withheld").isEmpty()) {
        assertTrue(System.nanoTime() < deadline, "the change is not seen");
        Thread.sleep(50);
      }
      guard.assertStopped(
          guard.good().bytes(GuardFixture.PATH, guard.port()), Set.of("tool-changed"));
    }
  }

  @Test
  void d5_listsOfCallersWithOtherRightsNeverMix() throws Exception {
    try (GuardFixture guard = GuardFixture.start(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int number = 0; number < 8; number++) {
        String token =
            number % 2 == 0 ? guard.goodToken() : guard.token("looker", "mcp:read");
        int expected = number % 2 == 0 ? 3 : 1;
        all.add(
            threads.submit(
                () -> {
                  for (int turn = 0; turn < 20; turn++) {
                    RawHttp.Response answer =
                        guard.send(Request.modern("tools/list").token(token));
                    Json tools = answer.json().at("result", "tools").orElseThrow();
                    assertEquals(expected, ((Json.Arr) tools).elements().size(), answer::text);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  @Test
  void a20_aStreamEndsWithTheTokenThatOpenedIt() throws Exception {
    try (GuardFixture guard = GuardFixture.start(folder)) {
      Instant end = Instant.now().plusSeconds(4);
      String token =
          guard
              .home()
              .tokenOf(
                  Map.of(
                      "sub", "keeper",
                      "client_id", "keeper",
                      "aud", guard.home().resource("rec"),
                      "scope", "mcp:read",
                      "exp", Date.from(end)));
      assertEquals(
          end.getEpochSecond(),
          SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant().getEpochSecond());
      Request listen =
          Request.modern("subscriptions/listen")
              .param("\"notifications\":{\"toolsListChanged\":true}")
              .token(token);
      try (RawHttp stream = RawHttp.connect(guard.port(), Duration.ofSeconds(60))) {
        stream.send(listen.bytes(GuardFixture.PATH, guard.port()));
        assertEquals(200, stream.readStart().status());
        while (stream.readEvent().isPresent()) {
          // the acknowledgement, and whatever is said until the end
        }
      }
      assertTrue(!Instant.now().isBefore(end.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
      guard.assertPermitted(guard.good(), "echo");
    }
    assertTrue(Files.isDirectory(folder.resolve("audit")));
  }
}
