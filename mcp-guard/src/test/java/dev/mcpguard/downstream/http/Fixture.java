package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.result;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.registry.Era;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerSecret;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;

/** A fake server and the client under test in front of it. */
final class Fixture implements AutoCloseable {
  static final String OK =
      "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"ok\"}]}";
  private static final String DISCOVERED =
      "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}";
  private static final String INITIALIZED =
      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
          + "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}";

  final FakeServer fake;
  final HttpToolServer server;
  private final HttpRuntime runtime;

  Fixture(FakeServer.Script script) throws IOException {
    this(script, HttpLimits.standard(), ServerSecret.NONE);
  }

  Fixture(FakeServer.Script script, HttpLimits limits, ServerSecret secret) throws IOException {
    this(script, limits, secret, false);
  }

  Fixture(FakeServer.Script script, HttpLimits limits, ServerSecret secret, boolean parks)
      throws IOException {
    fake = new FakeServer(script);
    runtime = HttpRuntime.open(1);
    server =
        new HttpToolServer(
            new HttpServerSettings(
                HttpEndpoint.of(fake.uri()), limits, TlsSettings.standard(), secret, Era.AUTO, parks),
            runtime,
            ServerEvents.NONE,
            InstantSource.system());
  }

  /** In front of a server that is there already. */
  Fixture(FakeServer server, Era era) throws IOException {
    fake = server;
    runtime = HttpRuntime.open(1);
    this.server =
        new HttpToolServer(
            new HttpServerSettings(
                HttpEndpoint.of(fake.uri()),
                HttpLimits.standard(),
                TlsSettings.standard(),
                ServerSecret.NONE,
                era,
                false),
            runtime,
            ServerEvents.NONE,
            InstantSource.system());
  }

  /** A modern server that answers calls so. */
  static FakeServer.Script modern(FakeServer.Script calls) {
    return (request, out) ->
        request.method().equals("server/discover")
            ? json(out, 200, result(request, DISCOVERED))
            : request.method().equals("initialize")
                ? json(out, 400, FakeServer.error(request, -32022))
                : calls.answer(request, out);
  }

  /** A legacy server with a session that answers calls so. */
  static FakeServer.Script legacy(FakeServer.Script calls) {
    return (request, out) ->
        switch (request.method()) {
          case "server/discover" -> json(out, 400, "{}");
          case "initialize" ->
              json(out, 200, "Mcp-Session-Id: s1\r\n", result(request, INITIALIZED));
          case "notifications/initialized", "notifications/cancelled", "" -> accepted(out);
          default -> calls.answer(request, out);
        };
  }

  static boolean accepted(OutputStream out) throws IOException {
    FakeServer.raw(out, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    return true;
  }

  CallOutcome call(ProtocolVersion version) {
    return call(version, "{}", "{}", 5_000, ReplyChannel.NONE);
  }

  CallOutcome call(
      ProtocolVersion version, String arguments, String meta, long millis, ReplyChannel channel) {
    return server.call(Calls.call(version, arguments, meta, millis), channel);
  }

  @Override
  public void close() throws IOException {
    server.close();
    runtime.close();
    fake.close();
  }
}
