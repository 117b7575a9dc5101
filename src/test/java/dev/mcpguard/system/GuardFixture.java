package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.app.wiring.GuardServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A real guard in this process in front of a recording downstream with the tools echo, put and drop
 * (read, write, admin) as server {@code rec}, and the verdicts of {@code threats.md}, section 1.
 */
final class GuardFixture implements AutoCloseable {
  static final String PATH = "/mcp/rec";
  static final String LOOK = "{\"purpose\":\"look\",\"class\":\"read\"}";
  static final String CHANGE = "{\"purpose\":\"change\",\"class\":\"write\"}";
  static final String RUN = "{\"purpose\":\"run\",\"class\":\"admin\"}";
  private static final int VERIFY_EVERY = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final GuardHome home;
  private final RecordingServer downstream;
  private final String goodToken;
  private final LogView log;
  private int verdicts;
  private @Nullable GuardServer guard;

  private GuardFixture(GuardHome home, RecordingServer downstream) {
    this.home = home;
    this.downstream = downstream;
    this.log = home.log();
    this.goodToken = token("keeper", "mcp:read mcp:write mcp:admin");
  }

  static GuardFixture start(Path folder) throws Exception {
    return prepare(folder).serve();
  }

  /** Everything but the guard itself, so that a test can change the files first. */
  static GuardFixture prepare(Path folder) throws IOException {
    return prepare(folder, Behaviour.standard());
  }

  static GuardFixture prepare(Path folder, Behaviour behaviour) throws IOException {
    RecordingServer downstream = RecordingServer.start(behaviour);
    GuardHome home = GuardHome.in(folder).register("rec", downstream);
    return new GuardFixture(home, downstream);
  }

  /** Starts the guard and waits until it serves the downstream's tools. */
  GuardFixture serve() throws Exception {
    return serve(configuration -> configuration);
  }

  GuardFixture serve(UnaryOperator<GuardConfiguration> changed) throws Exception {
    guard = GuardServer.start(changed.apply(home.configuration()), InstantSource.system());
    awaitTools();
    return this;
  }

  private void awaitTools() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int tools = downstream.behaviour().tools().size();
    while (log.events("tool-served").stream().filter(GuardFixture::isOurs).count() < tools) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not every tool is served: " + log.records());
      }
      Thread.sleep(20);
    }
    Thread.sleep(50); // the event comes first, then the tool
  }

  private static boolean isOurs(Json event) {
    return event.textAt("event", "server").filter("rec"::equals).isPresent();
  }

  /** Stops and starts it again on the same folder. */
  GuardFixture restart() throws Exception {
    stop();
    guard = GuardServer.start(home.configuration(), InstantSource.system());
    return this;
  }

  void stop() {
    GuardServer running = guard;
    guard = null;
    if (running != null) {
      running.close();
    }
  }

  GuardHome home() {
    return home;
  }

  RecordingServer downstream() {
    return downstream;
  }

  LogView log() {
    return log;
  }

  int port() {
    return home.port();
  }

  /** A token for the route of the recording downstream. */
  String token(String agent, String scopes) {
    return home.token(agent, scopes, home.resource("rec"));
  }

  /** The token with which {@link #good} is sent. */
  String goodToken() {
    return goodToken;
  }

  /** A call that every rule permits. */
  Request good() {
    return Request.call("echo", "{\"n\":1}").intent(LOOK).token(goodToken);
  }

  RawHttp.Response send(Request request) throws IOException {
    return send(request.bytes(PATH, port()));
  }

  RawHttp.Response send(byte[] request) throws IOException {
    return RawHttp.exchange(port(), request);
  }

  /** Sends it and checks the verdict "refused". */
  RawHttp.Response assertRefused(Request request, String reason) throws IOException {
    return assertRefused(request.bytes(PATH, port()), reason);
  }

  /** Sends it and checks the verdict "refused", all four parts of it. */
  RawHttp.Response assertRefused(byte[] request, String reason) throws IOException {
    RawHttp.Response answer = assertStopped(request, Set.of(reason));
    assertPermitted(good(), "echo");
    return answer;
  }

  /** As refused, for one of {@code reasons}, when a good call cannot be permitted just now. */
  RawHttp.Response assertStopped(byte[] request, Set<String> reasons) throws IOException {
    int calls = downstream.calls().size();
    int records = log().settledTerminals();
    RawHttp.Response answer = send(request);
    Json record = assertLeftOneRecord(records);
    assertTrue(reasons.contains(LogView.text(record, "reason")), record::toString);
    assertEquals(calls, downstream.calls().size(), "the refused call reached the server");
    assertWellFormed(answer);
    assertLeaksNothing(answer);
    return answer;
  }

  /** Exactly one terminal record beyond {@code before}, of something that was not forwarded. */
  private Json assertLeftOneRecord(int before) throws IOException {
    List<Json> left = log().terminalsAfter(before, 1);
    assertEquals(1, left.size(), () -> "one record expected, not " + left);
    Json record = left.getFirst();
    assertEquals("not-forwarded", LogView.text(record, "fate"), record::toString);
    if (verdicts++ % VERIFY_EVERY == 0) {
      log.assertVerifies();
    }
    return record;
  }

  /** JSON, or no body at all; never a page or a trace. */
  static void assertWellFormed(RawHttp.Response answer) {
    assertTrue(answer.status() >= 200 && answer.status() < 600, () -> "status " + answer.status());
    if (answer.body().length > 0) {
      Json body = answer.json();
      assertTrue(body.get("error").isPresent() || body.get("result").isPresent(), answer::text);
      assertEquals("2.0", body.textAt("jsonrpc").orElse(""), answer::text);
    }
  }

  private void assertLeaksNothing(RawHttp.Response answer) {
    canary().assertAbsent("the answer", answer.raw());
    String text = Bytes.text(answer.raw());
    for (String inside :
        List.of("dev.mcpguard.", "java.lang", "Exception", "\tat ", home.file("").toString())) {
      assertTrue(!text.contains(inside), () -> "the answer names internals: " + text);
    }
  }

  private Canary canary() {
    String signature = goodToken.substring(goodToken.lastIndexOf('.') + 1);
    return Canary.of(Map.of("the good token", goodToken, "its signature", signature));
  }

  /** Sends it and checks the verdict "permitted". */
  RawHttp.Response assertPermitted(Request request, String tool) throws IOException {
    int calls = downstream.calls().size();
    int records = log().settledTerminals();
    int admissions = log().ofKind("admission").size();
    RawHttp.Response answer = send(request);
    assertEquals(200, answer.status(), answer::text);
    assertTrue(answer.json().get("result").isPresent(), answer::text);
    List<RecordedRequest> received = downstream.calls();
    assertEquals(calls + 1, received.size(), "sent more or less than once");
    List<Json> left = log().terminalsAfter(records, 1);
    assertEquals(1, left.size(), () -> "one record expected, not " + left);
    assertEquals("executed", LogView.text(left.getFirst(), "fate"), left::toString);
    List<Json> admitted = log().ofKind("admission");
    assertEquals(admissions + 1, admitted.size());
    assertSame(admitted.getLast(), received.getLast(), tool);
    return answer;
  }

  /** As {@link #assertPermitted} for the good call around another body. */
  void assertPermittedBody(String body) throws IOException {
    int calls = downstream.calls().size();
    RawHttp.Response answer = send(good().bytes(PATH, port(), body));
    assertEquals(200, answer.status(), answer::text);
    assertEquals(calls + 1, downstream.calls().size());
  }

  /** What was received is what was decided: server, tool, argument digest. */
  static void assertSame(Json admission, RecordedRequest received, String tool) {
    assertEquals("rec", admission.textAt("tool", "server").orElse(""), admission::toString);
    assertEquals(tool, admission.textAt("tool", "name").orElse(""), admission::toString);
    assertEquals(tool, received.tool());
    Json arguments =
        received
            .json()
            .flatMap(body -> body.at("params", "arguments"))
            .orElse(new Json.Obj(List.of()));
    assertEquals(
        GuardHome.digest(arguments),
        admission.textAt("arguments_digest").orElse(""),
        arguments::toString);
  }

  @Override
  public void close() throws IOException {
    stop();
    downstream.close();
    if (java.nio.file.Files.isDirectory(home.file("audit/guard/segments"))) {
      log.assertVerifies();
    }
    log.close();
  }
}
