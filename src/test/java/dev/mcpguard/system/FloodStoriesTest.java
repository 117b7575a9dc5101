package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row F7 of the threats: every request is in the log, singly or in exactly one count. */
class FloodStoriesTest {
  private static final int FLOODERS = 8;
  private static final int EACH = 500;
  private static final int CALLERS = 4;
  private static final int TURNS = 25;
  private static final int SINGLE = 5;

  @TempDir Path folder;

  @Test
  void f7_aFloodOfStrangersIsCountedExactlyAndHindersNobody() throws Exception {
    GuardFixture guard = GuardFixture.prepare(folder);
    guard.home().configure("", "unauthenticated-per-second: " + SINGLE);
    try (guard;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      guard.serve();
      long began = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int number = 0; number < FLOODERS; number++) {
        boolean bad = number % 2 == 0;
        all.add(threads.submit(() -> flood(guard, bad)));
      }
      for (int number = 0; number < CALLERS; number++) {
        int caller = number;
        all.add(threads.submit(() -> call(guard, caller)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      guard.stop();
      long seconds = (System.nanoTime() - began) / 1_000_000_000L;
      assertReconciled(guard, seconds);
    }
  }

  private static Callable<Void> nothing() {
    return () -> null;
  }

  private static Void flood(GuardFixture guard, boolean bad) throws Exception {
    Request request = Request.call("drop", "{}").intent(GuardFixture.RUN);
    byte[] bytes =
        (bad ? request.token("not.a.token") : request).bytes(GuardFixture.PATH, guard.port());
    for (int number = 0; number < EACH; number++) {
      assertEquals(401, RawHttp.exchange(guard.port(), bytes).status());
    }
    return nothing().call();
  }

  private static Void call(GuardFixture guard, int caller) throws Exception {
    String token = guard.token("keeper", "mcp:read");
    for (int number = 0; number < TURNS; number++) {
      String arguments = "{\"n\":" + (caller * 1_000 + number) + "}";
      Request good = Request.call("echo", arguments).intent(GuardFixture.LOOK).token(token);
      RawHttp.Response answer = guard.send(good);
      assertTrue(answer.text().contains(arguments.replace("\"", "\\\"")), answer::text);
      RawHttp.Response refused =
          guard.send(Request.call("drop", arguments).intent(GuardFixture.LOOK).token(token));
      // a token that reads may not know of the tool: the answer is the one for a tool that is not there
      assertTrue(refused.text().contains("tool-unknown"), refused::text);
    }
    return nothing().call();
  }

  private static void assertReconciled(GuardFixture guard, long seconds) throws Exception {
    List<Json> terminals = guard.log().terminals();
    long strangers =
        terminals.stream()
            .filter(each -> LogView.text(each, "reason").equals("unauthenticated"))
            .count();
    long folded = 0;
    for (Json event : guard.log().events("requests-folded")) {
      folded += LogView.number(event, "event", "total");
      assertEquals(
          LogView.number(event, "event", "total"),
          LogView.number(event, "event", "reasons", "unauthenticated"));
    }
    assertEquals(FLOODERS * EACH, strangers + folded, "requests of strangers and their records");
    assertTrue(
        strangers <= SINGLE * (seconds + 2), strangers + " single records in " + seconds + " s");
    assertEquals(
        2L * CALLERS * TURNS,
        terminals.size() - strangers,
        "requests of callers and their records");
    assertEquals(CALLERS * TURNS, guard.downstream().calls().size());
    LogAgainstDownstream.assertEveryCallIsRecorded(guard.log(), guard.downstream());
    guard.log().assertVerifies();
  }

  /** Requests of every kind by a known caller: each leaves exactly one terminal record. */
  @Test
  void f7_everyAuthenticatedRequestLeavesOneRecord() throws Exception {
    try (GuardFixture guard = GuardFixture.start(folder)) {
      String token = guard.goodToken();
      List<Request> requests =
          List.of(
              Request.modern("tools/list").token(token),
              Request.modern("server/discover").token(token),
              Request.modern("resources/list").token(token),
              Request.modern("no/such").token(token),
              Request.modern("resources/read")
                  .header("Mcp-Name", "a:b")
                  .param("\"uri\":\"a:b\"")
                  .token(token),
              Request.modern("prompts/get")
                  .header("Mcp-Name", "x")
                  .param("\"name\":\"x\"")
                  .token(token),
              Request.initialize().token(token),
              Request.legacy("tools/list", "nosuch").token(token),
              Request.legacy("tools/list", "").token(token),
              guard.good(),
              guard.good().param("\"odd\":1"),
              Request.call("nosuch", "{}").token(token),
              Request.call("drop", "{}").intent(GuardFixture.LOOK).token(token));
      for (Request request : requests) {
        assertOneRecord(guard, request.bytes(GuardFixture.PATH, guard.port()), request.method());
      }
      for (String body :
          List.of(
              "{",
              "[]",
              "1",
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}")) {
        assertOneRecord(guard, guard.good().bytes(GuardFixture.PATH, guard.port(), body), body);
      }
      guard.log().assertVerifies();
    }
  }

  private static void assertOneRecord(GuardFixture guard, byte[] request, String name)
      throws Exception {
    int before = guard.log().settledTerminals();
    guard.send(request);
    List<Json> left = guard.log().terminalsAfter(before, 1);
    assertEquals(1, left.size(), () -> name + " left " + left);
    assertEquals("keeper", left.getFirst().textAt("principal", "agent").orElse(""), left::toString);
  }
}
