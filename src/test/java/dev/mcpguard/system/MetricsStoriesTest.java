package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} says, and that {@code docs/metrics.md} says the same. */
class MetricsStoriesTest {
  private static final String WITNESS =
      "witness: {url: \"http://127.0.0.1:9\", key: \"witness.example/w1+%s\", timeout: 200ms}, "
          + "checkpoint-every: 100ms";

  @TempDir Path folder;
  private GuardFixture guard;

  @BeforeEach
  void start() throws Exception {
    guard = GuardFixture.prepare(folder);
    guard.home().configure("", WITNESS.formatted(key()));
    Path file = guard.home().file("mcp-guard.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            + "telemetry: {otlp: {endpoint: \"http://127.0.0.1:9\", timeout: 200ms}}\n");
    guard.serve();
  }

  private static String key() {
    String text =
        new dev.mcpguard.audit.note.Cosigner(
                dev.mcpguard.audit.note.NoteSigner.of("witness.example/w1", new byte[32]))
            .verifier()
            .text();
    return text.substring(text.indexOf('+') + 1);
  }

  @AfterEach
  void stop() throws IOException {
    guard.close();
  }

  private Exposition page() throws IOException {
    return Exposition.of(
        guard.send(Bytes.of("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).text());
  }

  @Test
  void thePageIsWellFormedAndFollowsTheConventions() throws Exception {
    guard.assertPermitted(guard.good(), "echo");
    guard.send(Request.call("drop", "{}").intent(GuardFixture.LOOK).token(guard.goodToken()));
    Exposition page = page();
    assertTrue(page.problems().isEmpty(), () -> page.problems().toString());
  }

  @Test
  void theDocumentationNamesEveryMetricAndNoOther() throws Exception {
    guard.assertPermitted(guard.good(), "echo");
    String text = Files.readString(GuardHome.repository().resolve("docs/metrics.md"));
    Set<String> documented = new TreeSet<>();
    Pattern.compile("^\\| `([a-z_]+)`", Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(documented::add);
    assertEquals(documented, page().names());
  }

  @Test
  void callsDecisionsStepsAndTokensAreCounted() throws Exception {
    guard.assertPermitted(guard.good(), "echo");
    guard.assertPermitted(guard.good(), "echo");
    guard.assertStopped(
        Request.call("put", "{}").intent(GuardFixture.LOOK).token(guard.goodToken())
            .bytes(GuardFixture.PATH, guard.port()),
        Set.of("intent-exceeded"));
    Exposition page = page();
    assertEquals(
        2,
        page.value("mcpguard_decisions_total{decision=\"permit\",reason=\"\",class=\"read\"}"));
    assertEquals(
        2, page.value("mcpguard_forwarded_total{server=\"rec\",outcome=\"replied\"}"));
    assertEquals(2, page.value("mcpguard_step_duration_seconds_count{step=\"downstream\"}"));
    assertEquals(2, page.value("mcpguard_decision_duration_seconds_count"));
    assertTrue(page.value("mcpguard_token_cache_hits_total") >= 2);
    assertEquals(1, page.value("mcpguard_token_cache_misses_total"));
    assertEquals(0, page.value("mcpguard_server_breaker_state{server=\"rec\"}"));
    assertTrue(page.value("mcpguard_call_log_sync_duration_seconds_count") > 0);
  }

  @Test
  void aCallerCannotMakeUpASeries() throws Exception {
    guard.assertPermitted(guard.good(), "echo");
    int before = page().names().size();
    for (int i = 0; i < 20; i++) {
      guard.send(Request.call("made-up-" + i, "{}").token(guard.goodToken()));
      guard.send(Request.modern("made/up-" + i).token(guard.goodToken()));
      guard.send(Request.call("echo", "{}").token("made-up-" + i));
    }
    String text = guard.send(Bytes.of("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).text();
    assertFalse(text.contains("made"), text);
    assertEquals(before, page().names().size());
  }

  @Test
  void aWitnessThatIsAwayIsAWarningAndACountAndNothingElse() throws Exception {
    guard.assertPermitted(guard.good(), "echo");
    RawHttp.Response ready = awaitWarning();
    assertEquals(200, ready.status(), ready::text);
    assertTrue(page().value("mcpguard_call_log_witness_failures_total") > 0);
    guard.assertPermitted(guard.good(), "echo");
  }

  private RawHttp.Response awaitWarning() throws Exception {
    RawHttp.Response ready =
        guard.send(Bytes.of("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    for (int i = 0; i < 400 && !ready.text().contains("no checkpoint could be cosigned"); i++) {
      Thread.sleep(25);
      ready = guard.send(Bytes.of("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    }
    assertTrue(ready.text().contains("no checkpoint could be cosigned"), ready::text);
    return ready;
  }
}
