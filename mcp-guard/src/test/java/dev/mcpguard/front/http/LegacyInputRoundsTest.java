package dev.mcpguard.front.http;

import static dev.mcpguard.front.http.Running.json;
import static dev.mcpguard.front.http.Running.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.FakeGate;
import dev.mcpguard.front.http.RawHttp.Reply;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ToolCall;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Legacy clients of servers that answer {@code input_required}: protocol.md 4 (threats B14, D4). */
class LegacyInputRoundsTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":{\"a\":1}}}";
  private static final String ELICIT =
      "{'method':'elicitation/create','params':{'mode':'form','message':'sure?','requestedSchema':{'type':'object'}}}";

  private Running running;

  @BeforeEach
  void start() throws IOException {
    running = new Running();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private String session(String version, String capabilities) throws IOException {
    String initialize =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
            + version + "\",\"capabilities\":" + capabilities.replace('\'', '"')
            + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";
    return running.exchange(post("/mcp/files", initialize)).header("mcp-session-id");
  }

  /** Asks these requests until the call brings answers to all of them. */
  private void asking(String requests, String state) {
    running.gate.tool =
        (call, channel) ->
            call.extra().has("inputResponses")
                ? result(call, JsonText.text(call.extra()).replace('"', '\''))
                : result(
                    call,
                    "'resultType':'input_required','inputRequests':" + requests + state);
  }

  private static Answer result(ToolCall call, String members) {
    String text = members.startsWith("{") ? "{'content':[],'structuredContent':" + members + "}" : "{" + members + "}";
    return new Answer.Result(
        call.facts().decisionId(), json(text), FakeGate.principal("alice"));
  }

  private void answer(String session, JsonObject question, String body) throws IOException {
    String message =
        "{\"jsonrpc\":\"2.0\",\"id\":\"" + question.string("id") + "\"," + body.replace('\'', '"') + "}";
    assertEquals(
        202, running.exchange(post("/mcp/files", message, "Mcp-Session-Id: " + session)).status());
  }

  private List<String> decisions() {
    return running.gate.calls().stream().map(call -> call.facts().decisionId()).toList();
  }

  @Test
  void b14EachInputRequestIsAskedOnTheStreamOfTheCallAndTheCallPassesTheGateAnew() throws Exception {
    String id = session("2025-11-25", "{'elicitation':{},'sampling':{},'roots':{'listChanged':true}}");
    asking(
        "{'k1':" + ELICIT + ",'k2':{'method':'roots/list'},"
            + "'k3':{'method':'sampling/createMessage','params':{'maxTokens':9}}}",
        ",'requestState':'opaque-1'");
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", CALL, "Mcp-Session-Id: " + id));
      assertEquals("text/event-stream", http.read().header("content-type"));
      JsonObject first = http.event();
      assertEquals("elicitation/create", first.string("method"));
      assertEquals("sure?", first.object("params").string("message"));
      answer(id, first, "'result':{'action':'accept','content':{'x':1}}");
      JsonObject second = http.event();
      assertEquals("roots/list", second.string("method"));
      answer(id, second, "'result':{'roots':[]}");
      JsonObject third = http.event();
      assertEquals("sampling/createMessage", third.string("method"));
      answer(id, third, "'result':{'role':'assistant'}");
      JsonObject last = http.event();
      assertEquals("3", String.valueOf(last.get("id")).replaceAll("[^0-9]", ""));
      assertEquals(
          "{\"inputResponses\":{\"k1\":{\"action\":\"accept\",\"content\":{\"x\":1}},\"k2\":{\"roots\":[]},"
              + "\"k3\":{\"role\":\"assistant\"}},\"requestState\":\"opaque-1\"}",
          JsonText.text(last.object("result").object("structuredContent")));
    }
    assertEquals(2, running.gate.calls().size());
    assertNotEquals(decisions().getFirst(), decisions().getLast());
    ToolCall again = running.gate.calls().getLast();
    assertEquals("{\"a\":1}", JsonText.text(again.arguments()));
    assertFalse(
        again.meta().object("io.modelcontextprotocol/clientCapabilities").object("roots").has("listChanged"));
  }

  @Test
  void serverThatAsksForeverIsRefusedAfterEightRounds() throws Exception {
    String id = session("2025-11-25", "{'elicitation':{}}");
    running.gate.tool =
        (call, channel) ->
            result(call, "'resultType':'input_required','inputRequests':{'k':" + ELICIT + "}");
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", CALL, "Mcp-Session-Id: " + id));
      http.read();
      for (int round = 0; round < 8; round++) {
        answer(id, http.event(), "'result':{'action':'accept'}");
      }
      JsonObject last = http.event();
      assertEquals("budget-spent", last.object("error").object("data").string("reason"));
      assertEquals("unknown", last.object("error").object("data").string("outcome"));
    }
    assertEquals(9, running.gate.calls().size());
    assertEquals(9, decisions().stream().distinct().count());
  }

  @Test
  void roundWithNothingToAskButAStateIsCalledAgainWithTheState() throws Exception {
    String id = session("2025-06-18", "{}");
    running.gate.tool =
        (call, channel) ->
            call.extra().has("requestState")
                ? FakeGate.echo(call)
                : result(call, "'resultType':'input_required','requestState':'s'");
    Reply reply = running.exchange(post("/mcp/files", CALL, "Mcp-Session-Id: " + id));
    assertTrue(reply.text().contains("files/t"), reply.text());
    assertEquals("{\"requestState\":\"s\"}", JsonText.text(running.gate.calls().getLast().extra()));
  }

  @Test
  void urlModeIsAskedOfTheLatestRevisionOnlyAndGetsAnId() throws Exception {
    String url = "{'k':{'method':'elicitation/create','params':{'mode':'url','url':'https://x.example','message':'m'}}}";
    asking(url, "");
    String latest = session("2025-11-25", "{'elicitation':{'form':{},'url':{}}}");
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", CALL, "Mcp-Session-Id: " + latest));
      http.read();
      JsonObject asked = http.event();
      assertNotNull(asked.object("params").string("elicitationId"));
      answer(latest, asked, "'result':{'action':'accept'}");
      assertTrue(http.event().has("result"));
    }
    String older = session("2025-06-18", "{'elicitation':{'url':{}}}");
    Reply refused = running.exchange(post("/mcp/files", CALL, "Mcp-Session-Id: " + older));
    assertTrue(refused.text().contains("\"reason\":\"not-bridgeable\""), refused.text());
    assertEquals(
        "{\"elicitation\":{}}",
        JsonText.text(
            running.gate.calls().getLast().meta().object("io.modelcontextprotocol/clientCapabilities")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept: application/json", "Accept: application/json, text/event-stream"})
  void clientThatCannotStreamOrDeclaredNothingDeclaresNothingToTheServer(String accept) throws Exception {
    boolean streams = accept.contains("event-stream");
    String id = session("2025-11-25", streams ? "{}" : "{'elicitation':{}}");
    asking("{'k':" + ELICIT + "}", "");
    String request =
        post("/mcp/files", CALL, "Mcp-Session-Id: " + id)
            .replace("Accept: application/json, text/event-stream", accept);
    Reply reply = running.exchange(request);
    assertTrue(reply.text().contains("\"reason\":\"not-bridgeable\""), reply.text());
    assertFalse(reply.text().contains("input_required"));
    ToolCall only = running.gate.calls().getLast();
    assertEquals(
        "{}", JsonText.text(only.meta().object("io.modelcontextprotocol/clientCapabilities")));
    assertEquals(
        ReasonCode.NOT_BRIDGEABLE, running.gate.misread().getLast().refusal().reason());
  }

  @Test
  void clientThatAnswersWithAnErrorEndsTheCallWithAClearRefusal() throws Exception {
    String id = session("2025-11-25", "{'elicitation':{}}");
    asking("{'k':" + ELICIT + "}", "");
    try (RawHttp http = running.connect()) {
      http.send(post("/mcp/files", CALL, "Mcp-Session-Id: " + id));
      http.read();
      answer(id, http.event(), "'error':{'code':-1,'message':'rejected'}");
      assertEquals(
          "not-bridgeable", http.event().object("error").object("data").string("reason"));
    }
    assertEquals(1, running.gate.calls().size());
  }

  @Test
  void batchElementsAreAskedNothing() throws Exception {
    String id = session("2025-03-26", "{'sampling':{}}");
    asking("{'k':{'method':'sampling/createMessage','params':{}}}", "");
    Reply reply = running.exchange(post("/mcp/files", "[" + CALL + "]", "Mcp-Session-Id: " + id));
    assertTrue(reply.text().contains("\"reason\":\"not-bridgeable\""), reply.text());
    assertEquals(1, running.gate.calls().size());
  }
}
