package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows D1 and D2 of the threats: many clients that use the same ids and the same progress token at the
 * same time each get the answer, and the notifications, of their own call. Half of them speak
 * 2026-07-28, half 2025-11-25. {@code -Dmcpguard.isolation.calls=100000} for the full count.
 */
class IsolationStoriesTest {
  private static final int CLIENTS = 64;
  private static final int CALLS = Integer.getInteger("mcpguard.isolation.calls", 3_200);
  private static final int IDS = 3;

  @TempDir Path folder;

  private final LongAdder answers = new LongAdder();
  private final LongAdder notifications = new LongAdder();

  @Test
  void d1_d2_clientsWithEqualIdsAndProgressTokensGetTheirOwnAnswersOnly() throws Exception {
    GuardFixture prepared =
        GuardFixture.prepare(folder, Behaviour.standard().with(Hostility.PROGRESS));
    try (GuardFixture guard = prepared.serve();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int before = guard.log().settledTerminals();
      List<Future<?>> all = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int number = client;
        all.add(threads.submit(() -> converse(guard, number, CALLS / CLIENTS)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      int expected = CALLS / CLIENTS * CLIENTS;
      assertEquals(expected, answers.sum());
      assertEquals(expected / 2 * 3, notifications.sum());
      assertEquals(expected, guard.downstream().calls().size());
      assertEquals(
          expected, distinctIds(guard), "two calls had the same id or token towards the server");
      assertTrue(guard.log().terminalsAfter(before, expected).size() >= expected);
    }
  }

  private static long distinctIds(GuardFixture guard) {
    return guard.downstream().calls().stream()
        .map(call -> call.json().orElseThrow().get("id").orElseThrow().toString())
        .distinct()
        .count();
  }

  private Void converse(GuardFixture guard, int client, int turns) throws Exception {
    Connection connection = new Connection(guard);
    try {
      String session = client % 2 == 0 ? "" : session(guard, connection);
      for (int turn = 0; turn < turns; turn++) {
        turn(guard, connection, session, client, turn);
      }
    } finally {
      connection.close();
    }
    return null;
  }

  private static String session(GuardFixture guard, Connection connection) throws Exception {
    Request initialize = Request.initialize().token(guard.goodToken());
    RawHttp.Response opened =
        connection.exchange(initialize.bytes(GuardFixture.PATH, guard.port()));
    return opened.header("mcp-session-id").orElseThrow();
  }

  private void turn(
      GuardFixture guard, Connection connection, String session, int client, int turn)
      throws Exception {
    String who = "client " + client + " turn " + turn + ".";
    String id = String.valueOf(1 + turn % IDS);
    boolean progress = turn % 2 == 0;
    Request call =
        session.isEmpty()
            ? Request.modern("tools/call").header("Mcp-Name", "echo")
            : Request.legacy("tools/call", session);
    call =
        call.tool("echo", "{\"who\":\"" + who + "\"}")
            .intent(GuardFixture.LOOK)
            .id(id)
            .token(guard.goodToken());
    if (progress) {
      call = call.meta("\"progressToken\":\"same\"");
    }
    List<Json> messages =
        messages(connection.exchange(call.bytes(GuardFixture.PATH, guard.port())));
    assertEquals(progress ? 4 : 1, messages.size(), messages::toString);
    for (Json message : messages.subList(0, messages.size() - 1)) {
      assertEquals(
          "same", message.textAt("params", "progressToken").orElse(""), message::toString);
      assertTrue(message.toString().contains(who), () -> who + " was told " + message);
      notifications.increment();
    }
    Json answer = messages.getLast();
    assertEquals(id, answer.get("id").map(Json::toString).orElse(""), answer::toString);
    assertTrue(answer.toString().contains(who), () -> who + " was answered " + answer);
    answers.increment();
  }

  private static List<Json> messages(RawHttp.Response response) {
    assertEquals(200, response.status(), response::text);
    if (!response.header("content-type").orElse("").equals("text/event-stream")) {
      return List.of(response.json());
    }
    return response
        .text()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> Json.read(line.substring("data: ".length())))
        .toList();
  }

  /** Kept open as long as the guard keeps it open. */
  private static final class Connection {
    private final GuardFixture guard;
    private RawHttp open;

    Connection(GuardFixture guard) throws IOException {
      this.guard = guard;
      open = connect();
    }

    private RawHttp connect() throws IOException {
      return RawHttp.connect(guard.port(), java.time.Duration.ofSeconds(60));
    }

    RawHttp.Response exchange(byte[] request) throws IOException {
      RawHttp.Response response = open.send(request).read();
      if (response.header("connection").filter("close"::equals).isPresent()) {
        open.close();
        open = connect();
      }
      return response;
    }

    void close() throws IOException {
      open.close();
    }
  }
}
