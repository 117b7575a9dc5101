package dev.mcpguard.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Live lists: filtered, paged by sealed cursors; and subscriptions, one decision per resource. */
class PrimitiveListGateTest {
  private final GateWorld world = new GateWorld();

  private static JsonObject entry(String uri) {
    return JsonObject.builder().put("uri", uri).put("name", "n").build();
  }

  private void page(@Nullable String next, JsonObject... entries) {
    JsonObject result =
        JsonObject.builder()
            .put("resources", JsonArray.of(entries))
            .putIfPresent("nextCursor", next)
            .build();
    world.outcome = () -> new CallOutcome.Replied(result, 10);
  }

  private Answer list(@Nullable String cursor) {
    return world.handle(new ListRequest(world.facts("resources/list"), cursor, JsonObject.of()));
  }

  private JsonObject listed(@Nullable String cursor) {
    return assertInstanceOf(Answer.Result.class, list(cursor)).result();
  }

  private static List<JsonValue> resources(JsonObject result) {
    JsonArray resources = result.array("resources");
    assertNotNull(resources);
    return resources.values();
  }

  private void refused(Answer answer, ReasonCode reason) {
    assertEquals(reason, assertInstanceOf(Answer.Refused.class, answer).refusal().reason());
  }

  @Test
  void aListIsPrivateAndHoldsNothingThatIsNotServed() {
    world.manifest =
        PrimitiveManifests.of("\"resources\": {\"file:///secret/*\": {\"served\": false}}");
    page(null, entry("file:///a"), entry("file:///secret/b"), JsonObject.of());
    JsonObject result = listed(null);
    assertEquals(List.of(entry("file:///a")), resources(result));
    assertEquals("private", result.string("cacheScope"));
    assertFalse(result.has("nextCursor"));
    assertEquals(1, world.log.records.size());
  }

  @Test
  void whatPolicyHidesIsNotListed() {
    world.hidden = true;
    page("more", entry("file:///a"));
    JsonObject result = listed(null);
    assertEquals(List.of(), resources(result));
    assertNotNull(result.string("nextCursor"));
  }

  @Test
  void cursorsAreSealedAndLeadOn() {
    page("the-servers-own", entry("file:///a"));
    String cursor = listed(null).string("nextCursor");
    assertNotNull(cursor);
    assertFalse(cursor.contains("the-servers-own"));
    page(null, entry("file:///b"));
    assertEquals(List.of(entry("file:///b")), resources(listed(cursor)));
    assertEquals("the-servers-own", world.listings.getLast().cursor());
  }

  @Test
  void aCursorIsNobodyElses() {
    page("more", entry("file:///a"));
    String cursor = listed(null).string("nextCursor");
    assertNotNull(cursor);
    int asked = world.listings.size();
    refused(list("AAAA"), ReasonCode.PARAMS_INVALID);
    refused(list(cursor + "A"), ReasonCode.PARAMS_INVALID);
    refused(list("x".repeat(10_000)), ReasonCode.PARAMS_INVALID);
    refused(
        world.handle(new ListRequest(world.facts("prompts/list"), cursor, JsonObject.of())),
        ReasonCode.PARAMS_INVALID);
    world.identity = () -> new Identification.Identified(GateWorld.principal("b"));
    refused(list(cursor), ReasonCode.PARAMS_INVALID);
    assertEquals(asked, world.listings.size());
  }

  @Test
  void theAggregatePassesOverAServerThatFails() {
    world.outcome =
        () ->
            new CallOutcome.Failed(
                ReasonCode.DOWNSTREAM_UNREACHABLE, Fate.NOT_FORWARDED, "gone");
    refused(list(null), ReasonCode.DOWNSTREAM_UNREACHABLE);
    world.route = new Route(null, "https://guard/mcp");
    assertEquals(List.of(), resources(listed(null)));
    page(null, entry("file:///a"));
    assertEquals(List.of(entry("mcpguard:files:file:///a")), resources(listed(null)));
  }

  @Test
  void toolsHaveOnePageSoNoCursorIsValid() {
    refused(
        world.handle(new ListRequest(world.facts("tools/list"), "x", JsonObject.of())),
        ReasonCode.PARAMS_INVALID);
  }

  @Test
  void aSubscriptionIsDecidedResourceByResource() {
    world.manifest =
        PrimitiveManifests.of("\"resources\": {\"file:///secret/*\": {\"served\": false}}");
    ListenRequest request =
        new ListenRequest(
            world.facts("subscriptions/listen"),
            List.of("toolsListChanged"),
            List.of(
                new ListenRequest.Watched("file:///a", "files", "file:///a"),
                new ListenRequest.Watched("file:///secret/b", "files", "file:///secret/b")),
            world.meta);
    JsonObject result = assertInstanceOf(Answer.Result.class, world.handle(request)).result();
    assertEquals(JsonArray.ofStrings(List.of("file:///a")), result.array("resources"));
    assertEquals(JsonArray.ofStrings(List.of("toolsListChanged")), result.array("lists"));
    assertEquals(1, world.forwarded.size());
    // admission and outcome of the first, refusal of the second, outcome of the whole
    assertEquals(4, world.log.records.size());
    assertNull(world.asked.getFirst().get("none"));
  }
}
