package dev.mcpguard.downstream.http;

import static dev.mcpguard.downstream.http.FakeServer.json;
import static dev.mcpguard.downstream.http.FakeServer.result;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.downstream.wire.ServerSecret;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a modern server gets: the decided value, byte for byte, and nothing of the caller. */
class ModernForwardingTest {
  private static final FakeServer.Script OK =
      Fixture.modern((request, out) -> json(out, 200, result(request, Fixture.OK)));

  @Test
  void c4EveryDigitOfTheDecidedValueArrives() throws IOException {
    try (Fixture fixture = new Fixture(OK)) {
      String arguments = "{\"n\":9007199254740993,\"d\":0.1234567890123456789,\"e\":1E+2,\"s\":\"é\"}";
      fixture.call(V2026_07_28, arguments, "{}", 5_000, ReplyChannel.NONE);
      FakeServer.Received call = fixture.fake.received("tools/call").getFirst();
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"id\":" + call.id() + ",\"method\":\"tools/call\",\"params\":"
              + "{\"name\":\"echo\",\"arguments\":" + arguments + ",\"_meta\":{"
              + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
              + "\"io.modelcontextprotocol/clientCapabilities\":{},"
              + "\"io.modelcontextprotocol/clientInfo\":"
              + "{\"name\":\"mcp-guard\",\"version\":\"0.1.0\"}}}}",
          call.body());
    }
  }

  @Test
  void modernHeadersMirrorTheBody() throws IOException {
    try (Fixture fixture = new Fixture(OK)) {
      String definition =
          "{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\",\"properties\":{"
              + "\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
              + "\"count\":{\"type\":\"integer\",\"x-mcp-header\":\"Count\"},"
              + "\"absent\":{\"type\":\"string\",\"x-mcp-header\":\"Absent\"}}}}";
      fixture.server.call(
          Calls.call(
              V2026_07_28, "{\"region\":\"a\\r\\nEvil: 1\",\"count\":42}", "{}", 5_000, definition),
          ReplyChannel.NONE);
      FakeServer.Received call = fixture.fake.received("tools/call").getFirst();
      assertEquals("POST /mcp HTTP/1.1", call.line());
      assertEquals("2026-07-28", call.header("MCP-Protocol-Version"));
      assertEquals("tools/call", call.header("Mcp-Method"));
      assertEquals("echo", call.header("Mcp-Name"));
      assertEquals("=?base64?YQ0KRXZpbDogMQ==?=", call.header("Mcp-Param-Region"));
      assertEquals("42", call.header("Mcp-Param-Count"));
      assertNull(call.header("Mcp-Param-Absent"));
      assertNull(call.header("Evil"));
    }
  }

  @Test
  void a16NothingOfTheCallersTokenReachesTheServer() throws IOException {
    try (Fixture fixture = new Fixture(OK, HttpLimits.standard(), new OwnSecret())) {
      String meta = "{\"dev.mcpguard/intent\":{\"purpose\":\"p\"},\"dev.mcpguard/grant\":\"g\"}";
      fixture.call(V2026_07_28, "{}", meta, 5_000, ReplyChannel.NONE);
      for (FakeServer.Received request : fixture.fake.received()) {
        assertFalse((request.head() + request.body()).contains(Calls.CANARY));
        assertFalse(request.body().contains("dev.mcpguard/"));
        assertEquals("Bearer of-the-guard", request.header("Authorization"));
      }
    }
  }

  @Test
  void unreadableSecretSendsNothing() throws IOException {
    ServerSecret broken =
        new OwnSecret() {
          @Override
          public @Nullable String current() {
            return "line\r\nbreak";
          }
        };
    try (Fixture fixture = new Fixture(OK, HttpLimits.standard(), broken)) {
      assertInstanceOf(CallOutcome.Failed.class, fixture.call(V2026_07_28));
      assertEquals(0, fixture.fake.received().size());
    }
  }

  @Test
  void legacyClientOfAModernServerIsBridged() throws IOException {
    try (Fixture fixture = new Fixture(OK)) {
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2025_11_25));
      assertInstanceOf(CallOutcome.Replied.class, fixture.call(V2025_11_25));
      assertEquals(2, fixture.fake.received("tools/call").size());
      assertEquals(1, fixture.fake.received("initialize").size());
      assertEquals(1, fixture.fake.received("server/discover").size());
      assertEquals(1, fixture.fake.connections());
    }
  }

  @Test
  void extensionsOfTheClientAreDropped() throws IOException {
    try (Fixture fixture = new Fixture(OK)) {
      String meta =
          "{\"io.modelcontextprotocol/clientCapabilities\":"
              + "{\"extensions\":{\"x/y\":{}},\"tasks\":{},\"elicitation\":{}}}";
      fixture.call(V2026_07_28, "{}", meta, 5_000, ReplyChannel.NONE);
      String body = fixture.fake.received("tools/call").getFirst().body();
      assertEquals(true, body.contains("clientCapabilities\":{\"elicitation\":{}}"), body);
      assertFalse(body.contains("x/y"));
    }
  }

  /** The guard's own credential. */
  private static class OwnSecret implements ServerSecret {
    @Override
    public boolean configured() {
      return true;
    }

    @Override
    public String header() {
      return "Authorization";
    }

    @Override
    public @Nullable String current() {
      return "Bearer of-the-guard";
    }
  }
}
