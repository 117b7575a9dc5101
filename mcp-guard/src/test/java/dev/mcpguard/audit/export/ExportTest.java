package dev.mcpguard.audit.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What each format says of a decision, of an outcome and of what is neither. */
final class ExportTest {
  private static final String EVENT =
      """
      {"decision_id":"tool-withheld-1","event":{"reason":"tool-changed","server":"tickets",
       "tool":"find","type":"tool-withheld"},"kind":"event","schema":1,"seq":34,
       "time":"2026-11-29T09:50:21.187497Z"}
      """;
  private static final String ADMISSION =
      """
      {"decision":{"obligations":[],"reasons":[{"code":"permitted"}],"result":"permit",
       "revision":"r1"},"decision_id":"d-1","input":{"a":1},"instance":"one","kind":"admission",
       "method":"tools/call","schema":1,"seq":1,"time":"2026-11-29T09:50:21Z",
       "tool":{"class":"read","name":"find","server":"tickets"}}
      """;
  private static final String EARLY =
      """
      {"asked":{"server":"tickets","tool":"find"},"decision_id":"d-2","fate":"not-forwarded",
       "instance":"one","kind":"refusal","method":"tools/call","reason":"tool-changed","schema":1,
       "seq":2,"time":"2026-11-29T09:50:21Z"}
      """;
  private static final String LIST =
      """
      {"decision_id":"d-3","fate":"not-forwarded","instance":"one","kind":"outcome","listed":4,
       "method":"tools/list","schema":1,"seq":3,"time":"2026-11-29T09:50:21Z"}
      """;

  private static JsonObject json(String text) throws Exception {
    return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
  }

  private static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber number
        ? Objects.requireNonNull(number.longValue())
        : -1;
  }

  @Test
  void everyRecordHasAnIdOfItsInstance() throws Exception {
    JsonObject event = CloudEvents.of(json(EVENT), "one");
    assertEquals("one:34", event.string("id"));
    assertEquals("dev.mcpguard.event.v1", event.string("type"));
    assertEquals("tickets/find", event.string("subject"));
    assertEquals("tickets/find", CloudEvents.of(json(EARLY), "one").string("subject"));
    JsonObject ocsf = Ocsf.of(json(EVENT), "one", false);
    assertEquals("one:34", Objects.requireNonNull(ocsf.object("metadata")).string("uid"));
  }

  @Test
  void opaDecisionLogHasDecisionsOnly() throws Exception {
    assertNull(OpaDecisionLog.of(json(EVENT), "one"));
    assertNull(OpaDecisionLog.of(json(LIST), "one"));
    JsonObject permitted = Objects.requireNonNull(OpaDecisionLog.of(json(ADMISSION), "one"));
    assertTrue(JsonText.text(permitted).contains("\"decision\":true"), JsonText.text(permitted));
    assertEquals("mcpguard/authz/decision", permitted.string("path"));
  }

  @Test
  void refusalBeforePolicyClaimsNoDecisionOfPolicy() throws Exception {
    JsonObject event = Objects.requireNonNull(OpaDecisionLog.of(json(EARLY), "one"));
    assertFalse(event.has("path"));
    assertFalse(event.has("bundles"));
    JsonObject result = Objects.requireNonNull(event.object("result"));
    JsonArray reasons =
        Objects.requireNonNull(Objects.requireNonNull(result.object("context")).array("reasons"));
    assertEquals(
        "tool-changed", ((JsonObject) reasons.values().getFirst()).string("code"));
  }

  /** Policy permitted, the guard did not go on: both reasons are there. */
  @Test
  void refusalAfterAPermitHasTheGuardsReasonToo() throws Exception {
    JsonObject refused =
        json(
            ADMISSION.replace("\"kind\":\"admission\"", "\"kind\":\"refusal\"")
                .replace("\"schema\":1", "\"reason\":\"obligation-unfulfilled\",\"schema\":1"));
    String event = JsonText.text(Objects.requireNonNull(OpaDecisionLog.of(refused, "one")));
    assertTrue(event.contains("\"decision\":false"), event);
    assertTrue(
        event.contains("\"reasons\":[{\"code\":\"permitted\"},{\"code\":\"obligation-unfulfilled\"}]"),
        event);
  }

  @Test
  void ocsfSaysAllowedDeniedOrNeither() throws Exception {
    JsonObject noticed = Ocsf.of(json(EVENT), "one", true);
    assertEquals(0, number(noticed, "class_uid"));
    assertEquals(99, number(noticed, "type_uid"));
    assertEquals("tool-withheld", noticed.string("message"));
    assertFalse(noticed.has("action_id"));
    assertEquals(1, number(Ocsf.of(json(ADMISSION), "one", false), "action_id"));
    JsonObject refused = Ocsf.of(json(EARLY), "one", false);
    assertEquals(2, number(refused, "action_id"));
    assertEquals(2, number(refused, "disposition_id"));
    assertEquals("find", Objects.requireNonNull(refused.object("api")).string("operation"));
    JsonObject listed = Ocsf.of(json(LIST), "one", false);
    assertEquals(1, number(listed, "action_id"), "a list that was answered is not denied");
    assertEquals(1, number(listed, "status_id"));
  }

  @Test
  void csvNamesInstanceAskedAndEvent() throws Exception {
    assertTrue(Csv.row(json(EVENT), "one").startsWith("2026-11-29T09:50:21.187497Z,one,34,event"));
    assertTrue(Csv.row(json(EVENT), "one").endsWith(",tool-withheld,tickets,find\r\n"));
    assertTrue(Csv.row(json(EARLY), "one").endsWith(",tickets,find,,,\r\n"));
    assertEquals(
        Csv.header().split(",").length, Csv.row(json(EVENT), "one").split(",", -1).length);
  }
}
