package dev.mcpguard.front.http;

import dev.mcpguard.downstream.http.HttpRuntime;
import dev.mcpguard.front.FakeGate;
import dev.mcpguard.front.http.FrontPages.Page;
import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.CallerPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A front on a free port in front of a fake gate, and the requests tests send to it. */
final class Running implements AutoCloseable {
  static final String PUBLIC = "https://guard.example.com";
  static final String ENVELOPE =
      "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}";

  final FakeGate gate = new FakeGate();
  private final HttpRuntime runtime = HttpRuntime.open(1);
  final HttpFront front;
  final int port;

  Running() throws IOException {
    this(settings -> settings);
  }

  Running(UnaryOperator<FrontSettings> change) throws IOException {
    FrontSettings settings =
        FrontSettings.loopback(0, ProtectedResource.of("https://login.example.com", "mcp:read"))
            .withPublicUrl(PUBLIC);
    JsonObject schema = json(
        "{'type':'object','properties':{'region':{'type':'string','x-mcp-header':'Region'},"
            + "'n':{'type':'integer','x-mcp-header':'N'},"
            + "'deep':{'type':'object','properties':{'flag':{'type':'boolean','x-mcp-header':'Flag'}}}}}");
    FrontWiring wiring =
        new FrontWiring(
            () -> Set.of("files", "desk"),
            _ -> json("{'tools':{'listChanged':true}}"),
            (_, tool) -> tool.equals("by_region") ? schema : null,
            CallerPlaces.UNLIMITED,
            new FixedPages(),
            Clock.systemUTC(),
            new SecureRandom());
    front = new HttpFront(change.apply(settings), gate, wiring, runtime);
    port = front.start();
  }

  static JsonObject json(String text) {
    try {
      return StrictJson.parseObject(
          text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException malformed) {
      throw new AssertionError(text, malformed);
    }
  }

  RawHttp connect() throws IOException {
    return new RawHttp(port);
  }

  /** A modern call of a tool of {@code files}, arguments as JSON. */
  static String call(String tool, String arguments, String... headers) {
    return post(
        "/mcp/files",
        callBody(7, tool, arguments),
        with(headers, modernHeaders("tools/call"), "Mcp-Name: " + tool));
  }

  static String callBody(int id, String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool + "\",\"arguments\":" + arguments + ",\"_meta\":{" + ENVELOPE + "}}}";
  }

  static String modernBody(String method, String members) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + members
        + (members.isEmpty() ? "" : ",") + "\"_meta\":{" + ENVELOPE + "}}}";
  }

  static String[] modernHeaders(String method) {
    return new String[] {"MCP-Protocol-Version: 2026-07-28", "Mcp-Method: " + method};
  }

  static String[] with(String[] some, String[] others, String... more) {
    return Stream.of(some, others, more)
        .flatMap(Arrays::stream)
        .toArray(String[]::new);
  }

  /** A POST with a good token, host and types. */
  static String post(String path, String body, String... headers) {
    return bare(
        "POST", path, body,
        with(
            headers,
            new String[] {
              "Host: localhost",
              "Authorization: Bearer token-alice",
              "Content-Type: application/json",
              "Accept: application/json, text/event-stream"
            }));
  }

  /** A request with nothing but what is given and a length. */
  static String bare(String verb, String path, String body, String... headers) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return verb + " " + path + " HTTP/1.1\r\n"
        + String.join("\r\n", headers)
        + (verb.equals("POST") ? "\r\nContent-Length: " + length : "")
        + "\r\n\r\n"
        + body;
  }

  /** Sends one request on a connection of its own. */
  Reply exchange(String request) throws IOException {
    try (RawHttp http = connect()) {
      return http.send(request).read();
    }
  }

  /** A good call works, whatever came before. */
  void expectGoodCallWorks() throws IOException {
    int before = gate.calls().size();
    Reply reply = exchange(call("read_text_file", "{\"path\":\"/a\"}"));
    if (reply.status() != 200 || gate.calls().size() != before + 1) {
      throw new AssertionError("the good call failed: " + reply.status() + " " + reply.text());
    }
  }

  @Override
  public void close() {
    front.close();
    runtime.close();
  }

  private static final class FixedPages implements FrontPages {
    @Override
    public Page health() {
      return Page.text(200, "ok\n");
    }

    @Override
    public Page readiness() {
      return Page.text(503, "the call log is not writable\n");
    }

    @Override
    public Page metrics() {
      return Page.text(200, "mcp_guard_up 1\n");
    }
  }
}
