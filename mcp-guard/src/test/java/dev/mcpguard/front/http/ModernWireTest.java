package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.bare;
import static dev.mcpguard.front.http.Running.call;
import static dev.mcpguard.front.http.Running.callBody;
import static dev.mcpguard.front.http.Running.modernBody;
import static dev.mcpguard.front.http.Running.modernHeaders;
import static dev.mcpguard.front.http.Running.post;
import static dev.mcpguard.front.http.Running.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ToolCall;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModernWireTest {
  private Running running;

  @BeforeAll
  void start() throws IOException {
    running = new Running();
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @BeforeEach
  void forget() {
    running.gate.asked.clear();
  }

  @Test
  void callReachesTheGateAsParsedAndItsResultComesBack() throws IOException {
    Reply reply = running.exchange(call("read_text_file", "{\"n\":1.10,\"path\":\"/a\"}"));
    assertEquals(200, reply.status());
    assertEquals("application/json", reply.header("content-type"));
    assertEquals("7", reply.json().get("id") instanceof JsonNumber n ? n.text() : "");
    assertEquals("complete", reply.member("result").string("resultType"));
    assertTrue(reply.text().contains("1.10"));
    ToolCall call = running.gate.calls().getFirst();
    assertEquals("files/read_text_file", call.resource());
    assertEquals(Running.PUBLIC + "/mcp/files", call.facts().route().resource());
    assertEquals(26, call.facts().decisionId().length());
  }

  @Test
  void aggregateSplitsTheNameAtTheFirstDoubleUnderscore() throws IOException {
    String request =
        post(
            "/mcp",
            callBody(1, "desk__close__all", "{}"),
            with(modernHeaders("tools/call"), new String[] {"Mcp-Name: desk__close__all"}));
    assertEquals(200, running.exchange(request).status());
    assertEquals("desk/close__all", running.gate.calls().getFirst().resource());
  }

  @Test
  void aggregateNameWithoutServerIsAnUnknownTool() throws IOException {
    String request =
        post(
            "/mcp",
            callBody(1, "close", "{}"),
            with(modernHeaders("tools/call"), new String[] {"Mcp-Name: close"}));
    Reply reply = running.exchange(request);
    assertEquals(200, reply.status());
    assertEquals("tool-unknown", reply.member("error", "data").string("reason"));
    expectOneMisread(ReasonCode.TOOL_UNKNOWN);
  }

  @Test
  void discoverIsAnsweredInTheGuardsOwnName() throws IOException {
    Reply reply =
        running.exchange(
            post("/mcp/files", modernBody("server/discover", ""), modernHeaders("server/discover")));
    JsonObject result = reply.member("result");
    assertTrue(reply.text().contains("\"supportedVersions\":[\"2026-07-28\"]"));
    assertEquals("private", result.string("cacheScope"));
    assertTrue(
        reply.member("result", "capabilities", "extensions").has("dev.mcpguard/declared-intent"));
    assertEquals(
        "mcp-guard",
        reply.member("result", "_meta", "io.modelcontextprotocol/serverInfo").string("name"));
  }

  @Test
  void listReachesTheGateWithItsCursor() throws IOException {
    String body = modernBody("tools/list", "\"cursor\":\"c1\"");
    Reply reply = running.exchange(post("/mcp/files", body, modernHeaders("tools/list")));
    assertEquals("private", reply.member("result").string("cacheScope"));
    assertEquals(1, running.gate.asked.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resources/list", "resources/templates/list", "prompts/list", "tools/list"
      })
  void everyListMethodIsKnown(String method) throws IOException {
    assertEquals(
        200, running.exchange(post("/mcp/files", modernBody(method, ""), modernHeaders(method))).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/delete", "initialize", "ping", "tasks/list", "Tools/Call"})
  void c2UnknownMethodIs404WithTheId(String method) throws IOException {
    Reply reply =
        running.exchange(post("/mcp/files", modernBody(method, ""), modernHeaders(method)));
    assertEquals(404, reply.status());
    assertTrue(reply.text().contains("\"id\":7") && reply.text().contains("-32601"));
    expectOneMisread(ReasonCode.METHOD_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"'",
        "'\"io.modelcontextprotocol/protocolVersion\":7,\"io.modelcontextprotocol/clientCapabilities\":{}'",
        "'\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":[]'"
      })
  void malformedEnvelopeIs400AndNeverLegacy(String meta) throws IOException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{\"_meta\":{" + meta + "}}}";
    Reply reply = running.exchange(post("/mcp/files", body, modernHeaders("tools/list")));
    assertEquals(400, reply.status());
    assertTrue(reply.text().contains("-32602"));
    expectOneMisread(ReasonCode.PARAMS_INVALID);
  }

  @Test
  void modernHeaderWithoutEnvelopeNamesTheMissingKeys() throws IOException {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";
    Reply reply = running.exchange(post("/mcp/files", body, modernHeaders("tools/list")));
    assertEquals(400, reply.status());
    assertTrue(reply.text().contains("io.modelcontextprotocol/clientCapabilities"));
    expectOneMisread(ReasonCode.PARAMS_INVALID);
  }

  @Test
  void otherVersionIsToldWhatDiscoverTells() throws IOException {
    String body = modernBody("tools/list", "").replace("2026-07-28", "2030-01-01");
    Reply reply =
        running.exchange(
            post("/mcp/files", body, "MCP-Protocol-Version: 2030-01-01", "Mcp-Method: tools/list"));
    assertEquals(400, reply.status());
    assertEquals("2030-01-01", reply.member("error", "data").string("requested"));
    assertTrue(reply.text().contains("\"supported\":[\"2026-07-28\"]"));
    expectOneMisread(ReasonCode.VERSION_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'t','arguments':{},'extra':1", "{'name':'t','arguments':[]", "{'arguments':{}",
        "{'name':'a b'", "{'name':''", "{'name':'t','Name':'t'", "{'name':'t','task':{}"
      })
  void c2UnknownOrWrongParamsAreRefusedInBand(String params) throws IOException {
    String body =
        "{'jsonrpc':'2.0','id':7,'method':'tools/call','params':".replace('\'', '"')
            + params.replace('\'', '"')
            + ",\"_meta\":{" + Running.ENVELOPE + "}}}";
    String name = params.contains("'t'") ? "t" : params.contains("a b") ? "a b" : "";
    Reply reply =
        running.exchange(
            post("/mcp/files", body, with(modernHeaders("tools/call"), new String[] {"Mcp-Name: " + name})));
    assertEquals(200, reply.status());
    assertEquals("params-invalid", reply.member("error", "data").string("reason"));
    expectOneMisread(ReasonCode.PARAMS_INVALID);
    running.expectGoodCallWorks();
  }

  @Test
  void retryMembersArePassedOnUntouched() throws IOException {
    String body =
        modernBody("tools/call", "\"name\":\"t\",\"requestState\":\"s1\",\"inputResponses\":{\"k\":{}}");
    running.exchange(
        post("/mcp/files", body, with(modernHeaders("tools/call"), new String[] {"Mcp-Name: t"})));
    assertEquals("s1", running.gate.calls().getFirst().extra().string("requestState"));
  }

  @Test
  void getAndDeleteWithoutSessionAre405() throws IOException {
    for (String verb : new String[] {"GET", "DELETE", "PUT", "OPTIONS", "HEAD", "PATCH"}) {
      Reply reply =
          running.exchange(
              bare(verb, "/mcp/files", "", "Host: localhost", "Authorization: Bearer token-alice"));
      assertEquals(405, reply.status(), verb);
    }
    assertEquals(0, running.gate.asked.size());
  }

  @Test
  void acceptedNotificationIs202AndUnknownOneIsNot() throws IOException {
    String known =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";
    assertEquals(
        202,
        running
            .exchange(post("/mcp/files", known, modernHeaders("notifications/cancelled")))
            .status());
    String unknown = known.replace("cancelled", "odd");
    assertEquals(
        404,
        running.exchange(post("/mcp/files", unknown, modernHeaders("notifications/odd"))).status());
  }

  @Test
  void pagesNeedNoTokenButAListedHost() throws IOException {
    assertEquals("ok\n", running.exchange(bare("GET", "/healthz", "", "Host: localhost")).text());
    assertEquals(503, running.exchange(bare("GET", "/readyz", "", "Host: localhost")).status());
    assertEquals(200, running.exchange(bare("GET", "/metrics", "", "Host: localhost")).status());
    assertEquals(403, running.exchange(bare("GET", "/metrics", "", "Host: evil.example")).status());
    Reply metadata =
        running.exchange(
            bare(
                "GET", "/.well-known/oauth-protected-resource/mcp/files", "", "Host: localhost"));
    assertEquals(Running.PUBLIC + "/mcp/files", metadata.json().string("resource"));
    assertEquals(
        404,
        running
            .exchange(
                bare("GET", "/.well-known/oauth-protected-resource/mcp/no", "", "Host: localhost"))
            .status());
    assertEquals(0, running.gate.asked.size());
  }

  @Test
  void oneConnectionCarriesManyRequests() throws IOException {
    try (RawHttp http = running.connect()) {
      for (int i = 0; i < 20; i++) {
        assertEquals(200, http.send(call("t", "{\"i\":" + i + "}")).read().status());
      }
      assertEquals(200, http.send(bare("GET", "/healthz", "", "Host: localhost")).read().status());
    }
    assertEquals(20, running.gate.calls().size());
  }

  private void expectOneMisread(ReasonCode reason) {
    assertEquals(1, running.gate.asked.size(), () -> running.gate.asked.toString());
    assertEquals(reason, running.gate.misread().getFirst().refusal().reason());
  }
}
