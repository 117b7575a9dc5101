package dev.mcpguard.app.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** A tool server on loopback with one tool that gives its text back; both eras. Thread-safe. */
final class EchoServer implements AutoCloseable {
  static final JsonObject TOOL =
      JsonObject.builder()
          .put("name", "echo")
          .put("description", "Returns the text it is given.")
          .put(
              "inputSchema",
              JsonObject.builder()
                  .put("type", "object")
                  .put(
                      "properties",
                      JsonObject.of().with("text", JsonObject.builder().put("type", "string").build()))
                  .build())
          .build();

  private final HttpServer server;

  private EchoServer(HttpServer server) {
    this.server = server;
  }

  static EchoServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/mcp", EchoServer::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return new EchoServer(server);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonObject message = StrictJson.parseObject(body, JsonLimits.message());
      JsonValue id = message.get("id");
      if (id == null) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      JsonObject answer =
          JsonObject.builder()
              .put("jsonrpc", "2.0")
              .put("id", id)
              .put("result", result(message))
              .build();
      byte[] bytes = JsonText.bytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (MalformedJsonException malformed) {
      throw new IOException("the guard sent no json", malformed);
    }
  }

  private static JsonObject result(JsonObject message) {
    JsonObject tools = JsonObject.of().with("tools", JsonObject.of());
    return switch (String.valueOf(message.string("method"))) {
      case "initialize" ->
          JsonObject.builder()
              .put("protocolVersion", "2025-11-25")
              .put("capabilities", tools)
              .put("serverInfo", JsonObject.builder().put("name", "echo").put("version", "1").build())
              .build();
      case "server/discover" ->
          JsonObject.builder()
              .put("resultType", "complete")
              .put("supportedVersions", JsonArray.ofStrings(java.util.List.of("2026-07-28")))
              .put("capabilities", tools)
              .build();
      case "tools/list" ->
          JsonObject.of().with("tools", JsonArray.of(TOOL));
      default ->
          JsonObject.of()
              .with(
                  "content",
                  JsonArray.of(
                      JsonObject.builder().put("type", "text").put("text", "echo").build()));
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
