package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row D10 of the threats: a tool server that dies, hangs or lies at each step opens nothing. */
class DownstreamStoriesTest {
  @TempDir Path folder;

  private GuardFixture quick() throws Exception {
    GuardFixture guard = GuardFixture.prepare(folder);
    String manifest = Files.readString(guard.home().file("servers/rec.yaml"));
    guard
        .home()
        .write(
            "servers/rec.yaml", manifest.replace("digest:", "limits: {timeout: 700ms}, digest:"));
    return guard.serve();
  }

  /** A call that was sent once and has no answer that may leave. */
  private static void assertWithheld(GuardFixture guard, Set<String> fates, Set<String> reasons)
      throws Exception {
    int calls = guard.downstream().calls().size();
    int records = guard.log().settledTerminals();
    RawHttp.Response answer = guard.send(guard.good());
    List<Json> left = guard.log().terminalsAfter(records, 1);
    assertEquals(1, left.size(), left::toString);
    Json record = left.getFirst();
    assertTrue(reasons.contains(LogView.text(record, "reason")), record::toString);
    assertTrue(fates.contains(LogView.text(record, "fate")), record::toString);
    GuardFixture.assertWellFormed(answer);
    Json data =
        answer.json().at("error", "data").orElseThrow(() -> new AssertionError(answer.text()));
    assertEquals(LogView.text(record, "fate"), data.textAt("outcome").orElse(""), answer::text);
    assertEquals(calls + 1, guard.downstream().calls().size(), "sent more or less than once");
  }

  @Test
  void d10_aServerThatFailsACallIsNotAskedTwiceAndGivesNothing() throws Exception {
    Set<String> unknown = Set.of("unknown");
    Set<String> either = Set.of("unknown", "executed");
    Map<Hostility, Set<String>> fates = new EnumMap<>(Hostility.class);
    fates.put(Hostility.HANG, unknown);
    fates.put(Hostility.ACT_THEN_DROP, unknown);
    fates.put(Hostility.CLOSE_MID_ANSWER, either);
    fates.put(Hostility.STATUS_500, either);
    fates.put(Hostility.REDIRECT, either);
    fates.put(Hostility.HEADER_SPLIT, either);
    fates.put(Hostility.WRONG_ID, either);
    fates.put(Hostility.DUPLICATE_KEYS, either);
    fates.put(Hostility.OVERSIZED, either);
    fates.put(Hostility.MALFORMED_JSON, either);
    fates.put(Hostility.NOT_UTF8, either);
    fates.put(Hostility.FORGED_DENIAL, either);
    fates.put(Hostility.ENDLESS_NOTIFICATIONS, either);
    Set<String> reasons =
        Set.of("downstream-unreachable", "downstream-timeout", "downstream-invalid");
    try (GuardFixture guard = quick();
        Trap trap = Trap.open()) {
      for (Map.Entry<Hostility, Set<String>> each : fates.entrySet()) {
        Hostile hostile =
            each.getKey() == Hostility.REDIRECT
                ? Hostile.redirect(trap.uri("/stolen"))
                : Hostile.of(each.getKey());
        guard.downstream().behave(Behaviour.standard().with(hostile));
        try {
          assertWithheld(guard, each.getValue(), reasons);
        } catch (AssertionError failed) {
          throw new AssertionError(String.valueOf(each.getKey()), failed);
        }
        guard.downstream().behave(Behaviour.standard());
        guard.assertPermitted(guard.good(), "echo");
      }
    }
  }

  @Test
  void d10_aServerThatIsGoneIsUnreachableUntilItIsBack() throws Exception {
    try (GuardFixture guard = quick()) {
      guard.assertPermitted(guard.good(), "echo");
      guard.downstream().close();
      byte[] call = guard.good().bytes(GuardFixture.PATH, guard.port());
      for (int number = 0; number < 12; number++) {
        int records = guard.log().settledTerminals();
        RawHttp.Response answer = guard.send(call);
        Json record = guard.log().terminalsAfter(records, 1).getFirst();
        assertEquals("downstream-unreachable", LogView.text(record, "reason"), record::toString);
        assertEquals("not-forwarded", LogView.text(record, "fate"), record::toString);
        assertEquals(
            "not-forwarded",
            answer.json().textAt("error", "data", "outcome").orElse(""),
            answer::text);
      }
      guard.log().assertVerifies();
    }
  }

  @Test
  void d10_anOpenBreakerRefusesAndLetsCallsThroughOnceTheServerAnswers() throws Exception {
    try (GuardFixture guard = quick()) {
      guard.downstream().behave(Behaviour.standard().with(Hostility.ACT_THEN_DROP));
      int before = guard.downstream().calls().size();
      int sent = 0;
      for (; sent < 20; sent++) {
        RawHttp.Response answer = guard.send(guard.good());
        assertFalse(answer.json().get("result").isPresent(), answer::text);
      }
      int received = guard.downstream().calls().size() - before;
      assertTrue(received <= sent, "more calls than were asked for: " + received);
      guard.downstream().behave(Behaviour.standard());
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (guard.send(guard.good()).json().get("result").isEmpty()) {
        assertTrue(System.nanoTime() < deadline, "the server is back and stays refused");
        Thread.sleep(200);
      }
      guard.assertPermitted(guard.good(), "echo");
    }
  }

  @Test
  void d10_aServerThatWasNeverThereServesNothing() throws Exception {
    try (GuardFixture guard = GuardFixture.start(folder)) {
      guard
          .home()
          .write(
              "servers/gone.yaml",
              Files.readString(guard.home().file("servers/rec.yaml"))
                  .replace("server: rec", "server: gone")
                  .replaceAll(":\\d+/mcp", ":9/mcp"));
      guard.restart();
      String token = guard.home().token("keeper", "mcp:read", guard.home().resource("gone"));
      Request call = Request.call("echo", "{}").intent(GuardFixture.LOOK).token(token);
      byte[] bytes = call.bytes("/mcp/gone", guard.port());
      guard.assertStopped(bytes, Set.of("downstream-unreachable"));
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (guard.send(guard.good()).json().get("result").isEmpty()) {
        assertTrue(System.nanoTime() < deadline, "the other server is not served");
        Thread.sleep(100);
      }
      guard.assertRefused(bytes, "downstream-unreachable");
    }
  }
}
