package dev.mcpguard.samples.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TourTest {
  @TempDir Path work;
  private HttpServer server;
  private String answer = "";
  private String type = "application/json";
  private String received = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/mcp",
        exchange -> {
          received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", type);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Files.createDirectory(work.resolve("tokens"));
    for (String agent : List.of("reader", "clerk", "admin-bot")) {
      Files.writeString(work.resolve("tokens").resolve(agent), "token\n");
    }
    Files.writeString(work.resolve("endpoint"), endpoint() + "\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  private int walk() throws InterruptedException {
    return Tour.walk(new String[] {"--work", work.toString(), "--launcher", "/none"});
  }

  @Test
  void guardThatHidesNothingFailsTheTour() throws Exception {
    answer =
        """
        {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"notes__purge_notes"}]}}\
        """;
    assertEquals(1, walk());
  }

  @Test
  void absentGuardIsNotAFailedTour() throws Exception {
    server.stop(0);
    assertEquals(2, walk());
    Files.delete(work.resolve("endpoint"));
    assertEquals(2, walk());
  }

  @Test
  void refusalIsReadInBothForms() throws Exception {
    answer =
        """
        {"jsonrpc":"2.0","id":1,"error":{"code":-31001,"message":"no","data":{"reason":"a","decisionId":"d"}}}\
        """;
    assertEquals("a", call().reason());
    answer =
        """
        {"jsonrpc":"2.0","id":1,"result":{"isError":true,"content":[],\
        "_meta":{"dev.mcpguard/denial":{"reason":"b","decisionId":"e"}}}}\
        """;
    Reply reply = call();
    assertEquals("b", reply.reason());
    assertEquals("e", reply.decision());
    assertFalse(reply.granted());
  }

  @Test
  void streamIsReadToItsLastMessage() throws Exception {
    type = "text/event-stream";
    answer =
        """
        data: {"jsonrpc":"2.0","method":"notifications/progress"}

        data: {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"hello"}]}}

        """;
    Reply reply = call();
    assertTrue(reply.granted());
    assertEquals("hello", reply.text());
    assertTrue(received.contains("\"dev.mcpguard/intent\":{\"purpose\":\"p\"}"), received);
  }

  private Reply call() throws IOException, InterruptedException {
    try (GuardClient client = new GuardClient(endpoint())) {
      return client.call("token", "notes__read_note", Map.of(), Map.of("purpose", "p"));
    }
  }
}
