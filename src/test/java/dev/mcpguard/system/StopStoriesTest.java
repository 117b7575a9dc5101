package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a guard ends when it is asked to, and what its operational log says; rows A16 and F6. */
class StopStoriesTest {
  private static final byte[] READY = Bytes.of("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

  @TempDir Path folder;

  private static void add(GuardHome home, String lines) throws IOException {
    Path file = home.file("mcp-guard.yaml");
    Files.writeString(file, Files.readString(file) + lines);
  }

  private static void awaitGood(GuardFixture guard) throws Exception {
    for (int i = 0; i < 600; i++) {
      if (guard.send(guard.good()).json().get("result").isPresent()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the guard serves no tool");
  }

  @Test
  void onSigtermReadyzSaysNoWhileCallsAreStillServedAndEveryCallHasItsRecord() throws Exception {
    try (GuardFixture guard = GuardFixture.prepare(folder)) {
      add(guard.home(), "drain: 4s\n");
      try (GuardProcess process = GuardProcess.spawn(guard.home()).awaitServing(guard.port())) {
        awaitGood(guard);
        assertEquals(200, RawHttp.exchange(guard.port(), READY).status());
        process.askToEnd();
        RawHttp.Response ready = RawHttp.exchange(guard.port(), READY);
        for (int i = 0; i < 100 && ready.status() == 200; i++) {
          Thread.sleep(20);
          ready = RawHttp.exchange(guard.port(), READY);
        }
        assertEquals(503, ready.status(), ready::text);
        assertTrue(ready.text().contains("the guard is stopping"), ready::text);
        assertTrue(guard.send(guard.good()).json().get("result").isPresent());
        assertEquals(143, process.terminate(), process::said);
      }
      List<Json> admissions = guard.log().ofKind("admission");
      assertEquals(admissions.size(), guard.log().ofKind("outcome").size());
      assertEquals(admissions.size(), guard.downstream().calls().size());
      for (Json outcome : guard.log().ofKind("outcome")) {
        assertEquals("executed", LogView.text(outcome, "fate"), outcome::toString);
      }
    }
  }

  @Test
  void a16_f6_f11_theOperationalLogHoldsNoSecretAtAnyLevelAndOneJsonObjectALine() throws Exception {
    try (GuardFixture guard = GuardFixture.prepare(folder)) {
      add(guard.home(), "log: {format: json, level: trace}\ndrain: 1ms\n");
      String token = guard.goodToken();
      try (GuardProcess process = GuardProcess.spawn(guard.home()).awaitServing(guard.port())) {
        awaitGood(guard);
        Request echo = Request.call("echo", "{\"n\":\"canary-argument-7f3a\"}");
        guard.send(echo.intent(GuardFixture.LOOK).token(token));
        guard.send(echo.token(token + "x"));
        guard.send(echo.token(token).token(token));
        guard.send(Request.modern("no/such\\u001b[2K").token(token));
        guard.send(echo.token(token).bytes(GuardFixture.PATH, guard.port(), "{\"canary-argument-7f3a"));
        guard.home().write("agents.yaml", "schema: 1\nagents: [\"\\e[31mred\"]\n");
        Thread.sleep(2_500); // the guard looks every second
        process.terminate();
      }
      String said = Files.readString(guard.home().file("said"));
      assertTrue(said.contains("the changed agents is refused"), said);
      assertFalse(said.contains("\u001b"), said);
      for (String line : said.lines().filter(each -> !each.startsWith("mcp-guard serves")).toList()) {
        if (!line.startsWith("{")) {
          throw new AssertionError("a line that is no event: " + line);
        }
        Json event = Json.read(line);
        assertTrue(event.textAt("formattedMessage").isPresent(), line);
        assertTrue(event.textAt("level").isPresent(), line);
      }
      Canary.of(
              Map.of(
                  "token", token,
                  "signature", token.substring(token.lastIndexOf('.') + 1),
                  "argument", "canary-argument-7f3a"))
          .assertAbsent("the operational log", Bytes.of(said));
    }
  }
}
