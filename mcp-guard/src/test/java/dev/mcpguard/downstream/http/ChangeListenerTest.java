package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.event;
import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.downstream.http.FakeServer.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.ServerSecret;
import dev.mcpguard.registry.Era;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server's word that its tools changed is heard at once, in both eras. */
class ChangeListenerTest {
  private static final String CHANGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
  private static final String TELLS = "\"capabilities\":{\"tools\":{\"listChanged\":true}}";

  private static boolean tell(OutputStream out) throws IOException, InterruptedException {
    stream(out);
    event(out, CHANGED);
    Thread.sleep(2_000);
    return false;
  }

  private static FakeServer heard(FakeServer.Script script) throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    try (FakeServer fake = new FakeServer(script);
        HttpRuntime runtime = HttpRuntime.open(1);
        HttpToolServer server =
            new HttpToolServer(
                new HttpServerSettings(
                    HttpEndpoint.of(fake.uri()),
                    HttpLimits.standard(),
                    TlsSettings.standard(),
                    ServerSecret.NONE,
                    Era.AUTO, false),
                runtime,
                kind -> heard.countDown(),
                InstantSource.system())) {
      server.listen();
      assertTrue(heard.await(10, TimeUnit.SECONDS));
      return fake;
    }
  }

  @Test
  void e2ModernServerIsListenedTo() throws Exception {
    FakeServer fake =
        heard(
            (request, out) ->
                request.method().equals("server/discover")
                    ? json(
                        out,
                        200,
                        result(request, "{\"supportedVersions\":[\"2026-07-28\"]," + TELLS + "}"))
                    : tell(out));
    assertEquals(1, fake.received("subscriptions/listen").size());
  }

  @Test
  void e2LegacyServerIsListenedTo() throws Exception {
    FakeServer fake =
        heard(
            (request, out) ->
                switch (request.method()) {
                  case "server/discover" -> json(out, 404, "");
                  case "initialize" ->
                      json(
                          out,
                          200,
                          "Mcp-Session-Id: s1\r\n",
                          result(request, "{\"protocolVersion\":\"2025-11-25\"," + TELLS + "}"));
                  case "notifications/initialized" -> Fixture.accepted(out);
                  default ->
                      request.line().startsWith("GET") ? tell(out) : Fixture.accepted(out);
                });
    FakeServer.Received get =
        fake.received().stream().filter(r -> r.line().startsWith("GET")).findFirst().orElseThrow();
    assertEquals("s1", get.header("Mcp-Session-Id"));
    assertEquals("text/event-stream", get.header("Accept"));
  }
}
