package dev.mcpguard.front.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.FakeGate;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a server asks and tells a stdio client outside of its answers (threats B14, D2, D3). */
class StdioBridgeTest extends StdioFixture {
  @Test
  void d2ModernSubscriptionIsAcknowledgedToldUnderItsIdAndEnded() throws Exception {
    String listen =
        "{'jsonrpc':'2.0','id':'sub','method':'subscriptions/listen','params':{'notifications':"
            + "{'toolsListChanged':true,'resourceSubscriptions':['db://a','db://secret']}," + META + "}}";
    JsonObject first = answer(listen);
    assertEquals("notifications/subscriptions/acknowledged", first.string("method"));
    assertFalse(first.toString().contains("secret"));
    front.announceListChanged("desk", "tools");
    front.announceListChanged("files", "prompts");
    front.announceResourceUpdated("files", "db://secret");
    front.announceResourceUpdated("files", "db://a");
    JsonObject update = (JsonObject) read();
    assertEquals("notifications/resources/updated", update.string("method"));
    assertTrue(update.object("params").object("_meta").toString().contains("sub"));
    front.announceListChanged("files", "tools");
    assertEquals("notifications/tools/list_changed", ((JsonObject) read()).string("method"));
    toGuard.close();
    JsonObject last = (JsonObject) read();
    assertEquals("complete", last.object("result").string("resultType"));
  }

  @Test
  void d3SubscriptionThatIsCancelledIsToldNothingMore() throws Exception {
    String listen =
        "{'jsonrpc':'2.0','id':9,'method':'subscriptions/listen','params':{'notifications':"
            + "{'toolsListChanged':true}," + META + "}}";
    answer(listen);
    send("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':9}}");
    // until the cancellation has come through it may still be told; from then on never
    int told = 0;
    for (int silent = 0; silent < 3; silent++) {
      front.announceListChanged("files", "tools");
      JsonObject next = answer(call(10, "t"));
      if (next.has("method")) {
        assertEquals(10, ((JsonNumber) ((JsonObject) read()).get("id")).longValue());
        assertTrue(silent == 0 && told++ < 500, "told again, or for ever");
        silent = -1;
        Thread.sleep(10);
      } else {
        assertTrue(next.has("result"), next.toString());
      }
    }
    assertTrue(
        answer(listen.replace("'toolsListChanged':true", "'unknown':true")).has("error"));
  }

  @Test
  void b14InputRequestsOfAModernServerAreAskedAndTheCallPassesTheGateAnew() throws Exception {
    answer(initialize("2025-11-25"));
    gate.tool =
        (c, channel) ->
            c.extra().has("inputResponses")
                ? FakeGate.echo(c)
                : new Answer.Result(
                    c.facts().decisionId(),
                    object(
                        "{'resultType':'input_required','requestState':'s',"
                            + "'inputRequests':{'k':{'method':'roots/list'}}}"),
                    FakeGate.principal("alice"));
    JsonObject question = answer("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'t'}}");
    assertEquals("roots/list", question.string("method"));
    JsonObject last =
        answer("{'jsonrpc':'2.0','id':'" + question.string("id") + "','result':{'roots':[]}}");
    assertTrue(last.object("result").has("tool"));
    assertEquals(2, gate.calls().size());
    assertEquals("s", gate.calls().getLast().extra().string("requestState"));
  }

  @Test
  void serverMayAskALegacyClient() throws Exception {
    answer(initialize("2025-11-25"));
    gate.tool =
        (c, channel) -> {
          JsonObject roots = channel.request("roots/list", JsonObject.of());
          assertEquals(null, channel.request("sampling/createMessage", JsonObject.of()));
          return new Answer.Result(
              c.facts().decisionId(), roots == null ? JsonObject.of() : roots, FakeGate.principal("alice"));
        };
    JsonObject question = answer("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'t'}}");
    assertEquals("roots/list", question.string("method"));
    JsonObject last =
        answer("{'jsonrpc':'2.0','id':'" + question.string("id") + "','result':{'roots':[]}}");
    assertTrue(last.object("result").object("result").has("roots"));
  }

  private static JsonObject object(String text) {
    try {
      return StrictJson.parseObject(
          text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException malformed) {
      throw new AssertionError(text, malformed);
    }
  }
}
