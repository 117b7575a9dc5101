package dev.mcpguard.downstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReplyChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threat C17: arguments that reach another place of a downstream request than its body. The guard
 * puts them in headers only, and never in path or query.
 */
class ArgumentPlacesTest {
  private static final String OPEN = "=?base64?";
  private static final String DEFINITION =
      "{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\",\"properties\":{"
          + "\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
          + "\"path\":{\"type\":\"string\"},\"query\":{\"type\":\"string\"}}}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain", "a\r\nEvil: 1", "a\nEvil: 1", "a\rEvil: 1", "a\r\n\r\nGET /admin HTTP/1.1",
        "a\u0000b", "a\u000bb", "a\u000cb", "a\tb", "a\u0085Evil: 1", "a\u2028Evil: 1",
        "\u010d\u010aEvil: 1", " a", "a ", "=?base64?YQ==?=", "Zażółć", "\uD83D\uDE00", "a\u007fb",
        "%0d%0aEvil: 1", "../../admin", "?admin=true", "#fragment", "/mcp/../admin", ""
      })
  void c17HostileArgumentStaysOneHeaderValueAndNoOtherPlace(String hostile) throws IOException {
    try (Fixture fixture = new Fixture(Fixture.modern(ArgumentPlacesTest::ok))) {
      JsonObject arguments =
          JsonObject.builder()
              .put("region", hostile)
              .put("path", hostile)
              .put("query", hostile)
              .build();
      fixture.server.call(
          Calls.call(
              ProtocolVersion.V2026_07_28, JsonText.text(arguments), "{}", 5_000, DEFINITION),
          ReplyChannel.NONE);
      List<FakeServer.Received> calls = fixture.fake.received("tools/call");
      assertEquals(1, calls.size());
      FakeServer.Received call = calls.getFirst();
      assertEquals("POST /mcp HTTP/1.1", call.line());
      assertNull(call.header("Evil"));
      String sent = call.header("Mcp-Param-Region");
      if (sent != null) {
        assertEquals(hostile, decoded(sent));
        assertTrue(sent.chars().allMatch(c -> c >= ' ' && c < 0x7f), sent);
      } else {
        assertTrue(hostile.isEmpty(), "the argument is not mirrored");
      }
      assertTrue(
          call.body().contains("\"path\":" + JsonText.text(new JsonString(hostile))), call.body());
      assertFalse(call.line().contains(hostile.isEmpty() ? "\n" : hostile), call.line());
    }
  }

  private static boolean ok(FakeServer.Received request, OutputStream out)
      throws IOException {
    return FakeServer.json(out, 200, FakeServer.result(request, Fixture.OK));
  }

  private static String decoded(String sent) {
    return sent.startsWith(OPEN)
        ? new String(
            Base64.getDecoder().decode(sent.substring(OPEN.length(), sent.length() - 2)),
            StandardCharsets.UTF_8)
        : sent;
  }
}
