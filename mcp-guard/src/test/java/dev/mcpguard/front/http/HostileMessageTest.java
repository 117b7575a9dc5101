package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.call;
import static dev.mcpguard.front.http.Running.callBody;
import static dev.mcpguard.front.http.Running.modernHeaders;
import static dev.mcpguard.front.http.Running.post;
import static dev.mcpguard.front.http.Running.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.model.ReasonCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media types, envelopes and mirrored headers (threats C7, C8, C10, C15). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMessageTest {
  private Running running;

  @BeforeAll
  void start() throws IOException {
    running = new Running(s -> s.withLimits(HttpLimits.DEFAULTS.withBodyBytes(2048)));
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @BeforeEach
  void forget() {
    running.gate.asked.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain", "application/json; charset=utf-16", "application/json; charset=latin1",
        "multipart/form-data", "application/x-www-form-urlencoded", "application/jsonp", "",
        "application/json, application/json", "application/json; a=b"
      })
  void c10OddContentTypeIs415(String type) throws IOException {
    Reply reply = running.exchange(call("t", "{}").replace(": application/json\r\nAccept", ": " + type + "\r\nAccept"));
    assertEquals(415, reply.status());
    expectOneMisread(ReasonCode.REQUEST_INVALID);
    running.expectGoodCallWorks();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"APPLICATION/JSON", "application/json;charset=utf-8", "application/json ; charset=\"UTF-8\""})
  void c10ContentTypeIsReadInAnyCase(String type) throws IOException {
    Reply reply = running.exchange(call("t", "{}").replace(": application/json\r\nAccept", ": " + type + "\r\nAccept"));
    assertEquals(200, reply.status());
  }

  @Test
  void c10EncodedBodyAndSecondContentTypeAreRefused() throws IOException {
    assertEquals(415, running.exchange(call("t", "{}", "Content-Encoding: gzip")).status());
    assertEquals(415, running.exchange(call("t", "{}", "Content-Type: application/json")).status());
    assertEquals(2, running.gate.misread().size());
    assertEquals(0, running.gate.calls().size());
  }

  @ParameterizedTest
  @CsvSource({
    "text/html,406", "application/json;q=0,406", "*/*,200", "application/*,200", "application/JSON,200",
    "'application/json;q=0.5, text/event-stream',200"
  })
  void c10AcceptIsRecognisedOrRefused(String accept, int status) throws IOException {
    Reply reply =
        running.exchange(
            call("t", "{}").replace("application/json, text/event-stream", accept));
    assertEquals(status, reply.status());
    assertEquals(1, running.gate.asked.size());
  }

  @Test
  void c10ClientThatTakesStreamsOnlyGetsItsAnswerAsAnEvent() throws Exception {
    try (RawHttp http = running.connect()) {
      http.send(call("t", "{}").replace("application/json, text/event-stream", "text/event-stream"));
      assertEquals("text/event-stream", http.read().header("content-type"));
      assertTrue(http.event().has("result"));
      assertTrue(http.event().members().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':1,'method':'ping'}", "{'jsonrpc':'2','id':1,'method':'ping'}",
        "{'jsonrpc':2.0,'id':1,'method':'ping'}", "{'jsonrpc':'2.0','id':null,'method':'ping'}",
        "{'jsonrpc':'2.0','id':{},'method':'ping'}", "{'jsonrpc':'2.0','id':1.0,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1e3,'method':'ping'}", "{'jsonrpc':'2.0','id':true,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1,'method':'ping','params':[]}",
        "{'jsonrpc':'2.0','id':1,'method':'ping','params':null}",
        "{'jsonrpc':'2.0','id':1,'method':7}", "{'jsonrpc':'2.0','id':1,'method':''}",
        "{'jsonrpc':'2.0','id':1}", "{'jsonrpc':'2.0','id':1,'method':'ping','extra':1}",
        "{'jsonrpc':'2.0','id':1,'Method':'ping'}", "{'jsonrpc':'2.0','id':1,'method':'ping','access_token':'x'}",
        "{'jsonrpc':'2.0','id':1,'result':{},'error':{}}", "{'jsonrpc':'2.0','result':{}}",
        "{'jsonrpc':'2.0','id':1,'result':[]}", "'x'", "7", "null", "true", "[]", "[[]]",
        "[{'jsonrpc':'2.0','id':1,'method':'tools/list'}]"
      })
  void c7NoRequestIs400(String body) throws IOException {
    Reply reply = running.exchange(post("/mcp/files", body.replace('\'', '"'), modernHeaders("ping")));
    assertEquals(400, reply.status());
    assertTrue(reply.text().contains("-32600"), reply.text());
    expectOneMisread(ReasonCode.REQUEST_INVALID);
    running.expectGoodCallWorks();
  }

  @Test
  void c7PostedResponseIsNoRequest() throws IOException {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    assertEquals(400, running.exchange(post("/mcp/files", body, modernHeaders("x"))).status());
    expectOneMisread(ReasonCode.REQUEST_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "{}x", "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}", "\uFEFF{}", "{'a':1}", "nul",
        "{\"method\":\"a\",\"m\\u0065thod\":\"b\"}", "{\"a\":\"\\ud800\"}", "[1,]", "{\"a\":01}"
      })
  void c1UnreadableBodyIs400WithoutAnId(String body) throws IOException {
    Reply reply = running.exchange(post("/mcp/files", body, modernHeaders("tools/call")));
    assertEquals(400, reply.status());
    assertTrue(reply.text().contains("-32700") && reply.text().contains("\"id\":null"));
    expectOneMisread(ReasonCode.MALFORMED);
    running.expectGoodCallWorks();
  }

  @Test
  void c15BodyOverTheLimitIs413InBothFramings() throws IOException {
    String filler = " ".repeat(2048);
    String body = callBody(1, "t", "{}") + filler;
    Reply sized = running.exchange(post("/mcp/files", body, modernHeaders("tools/call")));
    assertEquals(413, sized.status());
    expectOneMisread(ReasonCode.TOO_LARGE);
    running.gate.asked.clear();
    String head = post("/mcp/files", "", modernHeaders("tools/call"));
    String chunked =
        head.replace("Content-Length: 0", "Transfer-Encoding: chunked")
            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    assertEquals(413, running.exchange(chunked).status());
    expectOneMisread(ReasonCode.TOO_LARGE);
    running.expectGoodCallWorks();
  }

  @Test
  void c15BadTokenHearsNothingOfTheLimit() throws IOException {
    String request = post("/mcp/files", " ".repeat(4000)).replace("token-alice", "forged");
    assertEquals(401, running.exchange(request).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mcp-Method: tools/list", "Mcp-Method: TOOLS/CALL", "Mcp-Method:", "X-A: b",
        "Mcp-Method: tools/call\r\nMcp-Method: tools/call"
      })
  void c8MethodHeaderMustEqualTheBody(String header) throws IOException {
    expectMismatch(
        post("/mcp/files", callBody(1, "t", "{}"), "MCP-Protocol-Version: 2026-07-28", "Mcp-Name: t", header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: b", "Mcp-Name: u", "Mcp-Name: T", "Mcp-Name: t\r\nMcp-Name: t", "Mcp-Name: =?base64?dA?=",
        "Mcp-Name: =?BASE64?dA==?=", "Mcp-Name: =?base64?dB==?=", "Mcp-Name: =?base64??=",
        "Mcp-Name: =?base64?gA==?=", "Mcp-Name: t,t"
      })
  void c8NameHeaderMustEqualTheBodyOnceDecoded(String header) throws IOException {
    expectMismatch(
        post("/mcp/files", callBody(1, "t", "{}"), with(modernHeaders("tools/call"), new String[] {header})));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-A: b", "MCP-Protocol-Version: 2025-11-25", "MCP-Protocol-Version: 2026-07-28\r\nMCP-Protocol-Version: 2026-07-28"})
  void c9VersionHeaderMustEqualTheEnvelope(String header) throws IOException {
    expectMismatch(
        post("/mcp/files", callBody(1, "t", "{}"), header, "Mcp-Method: tools/call", "Mcp-Name: t"));
  }

  @Test
  void c8EncodedNameAndBlanksAroundItAreRead() throws IOException {
    String encoded = Base64.getEncoder().encodeToString("t".getBytes(StandardCharsets.UTF_8));
    for (String header : new String[] {"mcp-NAME: =?base64?" + encoded + "?=", "Mcp-Name:   t  "}) {
      String request =
          post("/mcp/files", callBody(1, "t", "{}"), with(modernHeaders("tools/call"), new String[] {header}));
      assertEquals(200, running.exchange(request).status());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"region\":\"eu\"}|X-A: b|400", "{\"region\":\"eu\"}|Mcp-Param-Region: us|400",
        "{\"region\":\"eu\"}|mcp-param-region: eu|200", "{}|X-A: b|200", "{\"region\":null}|X-A: b|200",
        "{}|Mcp-Param-Region: eu|400", "{\"n\":42}|Mcp-Param-N: 42.0|200", "{\"n\":42}|Mcp-Param-N: 43|400",
        "{\"n\":42}|Mcp-Param-N: 042|400", "{\"n\":42}|Mcp-Param-N: 1e999999999|400",
        "{\"deep\":{\"flag\":true}}|Mcp-Param-Flag: true|200", "{\"deep\":{\"flag\":true}}|Mcp-Param-Flag: false|400",
        "{\"deep\":{\"flag\":true}}|X-A: b|400", "{\"region\":\"ä\"}|Mcp-Param-Region: =?base64?w6Q=?=|200",
        "{\"region\":\"eu\"}|Mcp-Param-Other: x|400", "{}|Mcp-Param-Other: x|200"
      })
  void c8ParameterHeadersEqualTheArguments(String arguments, String header, int status) throws IOException {
    Reply reply = running.exchange(call("by_region", arguments, header));
    assertEquals(status, reply.status());
    if (status == 400) {
      assertTrue(reply.text().contains("-32020"));
      expectOneMisread(ReasonCode.HEADER_MISMATCH);
    }
  }

  private void expectMismatch(String request) throws IOException {
    Reply reply = running.exchange(request);
    assertEquals(400, reply.status());
    assertTrue(reply.text().contains("-32020") && reply.text().contains("\"id\":1"), reply.text());
    expectOneMisread(ReasonCode.HEADER_MISMATCH);
    running.expectGoodCallWorks();
  }

  private void expectOneMisread(ReasonCode reason) {
    assertEquals(1, running.gate.asked.size(), () -> running.gate.asked.toString());
    assertEquals(reason, running.gate.misread().getFirst().refusal().reason());
  }
}
