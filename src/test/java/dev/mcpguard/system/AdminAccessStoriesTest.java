package dev.mcpguard.system;

import static dev.mcpguard.system.AdminConsole.ADMIN;
import static dev.mcpguard.system.AdminConsole.ALL;
import static dev.mcpguard.system.AdminConsole.SEE;
import static dev.mcpguard.system.AdminConsole.approval;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the admin API, by which ways in, and that there is no other. */
class AdminAccessStoriesTest extends AdminStory {
  /** The same identities, intent and policy as every call; each refusal leaves one record. */
  @ParameterizedTest
  @CsvSource({
    "viewer, approve, class-exceeded|intent-exceeded, 403|404",
    "sweeper, approve, intent-exceeded, 403|404",
    "keeper, approve, purpose-unregistered, 403|404",
    "looker, quarantine, purpose-unregistered, 403|404",
    "nobody, approve, unauthenticated|agent-unregistered, 401|403",
  })
  void b2OnlyAnAgentWhosePurposeNamesTheGuardMayAdminister(
      String agent, String verb, String reasons, String statuses) throws Exception {
    String digest = console.echoDigest();
    int records = guard.log().settledTerminals();
    String body =
        verb.equals("approve")
            ? approval(digest, "").replace("operate", agent.equals("viewer") ? "view" : "operate")
            : "{\"intent\":" + ADMIN + ",\"server\":\"rec\",\"reason\":\"x\"}";
    String before = Files.readString(guard.home().file("servers/rec.yaml"));
    RawHttp.Response answer = console.plain(agent, verb, body);
    assertTrue(
        List.of(statuses.split("\\|")).contains(String.valueOf(answer.status())), answer::text);
    Json record = guard.log().terminalsAfter(records, 1).getFirst();
    assertTrue(
        List.of(reasons.split("\\|")).contains(LogView.text(record, "reason")), record::toString);
    assertEquals("not-forwarded", LogView.text(record, "fate"), record::toString);
    assertEquals(before, Files.readString(guard.home().file("servers/rec.yaml")));
  }

  @Test
  void b2AdminVerbWithoutIntentIsRefused() throws Exception {
    RawHttp.Response answer =
        console.plain("grace", "retire", "{\"server\":\"rec\",\"reason\":\"no intent\"}");
    assertEquals(403, answer.status(), answer::text);
    assertTrue(answer.text().contains("intent-missing"), answer::text);
  }

  /** No argument names a program, address or environment; what is not in a schema is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {"command", "argv", "args", "environment", "env", "url", "transport", "credential"})
  void e6NoVerbTakesAWayToAServer(String field) throws Exception {
    for (String verb : List.of("inspect", "diff", "approve", "quarantine", "retire", "show")) {
      String needed =
          switch (verb) {
            case "approve" -> ",\"definitions\":{\"echo\":\"" + console.echoDigest() + "\"}";
            case "quarantine", "retire" -> ",\"reason\":\"x\"";
            default -> "";
          };
      int connections = guard.downstream().connections();
      RawHttp.Response answer =
          console.plain(
              "grace", verb,
              "{\"intent\":" + ADMIN + ",\"server\":\"rec\"" + needed + ",\"" + field
                  + "\":[\"/bin/sh\"]}");
      assertEquals(422, answer.status(), answer::text);
      assertTrue(answer.text().contains("arguments-invalid"), answer::text);
      assertEquals(connections, guard.downstream().connections());
    }
  }

  @Test
  void b15ToolsOfTheGuardAreListedToWhoeverMayUseThemAndToNobodyElse() throws Exception {
    assertEquals(List.of(), console.listed("sweeper"));
    assertEquals(List.of(), console.listed("keeper"));
    List<String> viewer = console.listed("viewer");
    assertTrue(viewer.contains("registry_diff"), viewer::toString);
    assertFalse(viewer.contains("registry_approve"), viewer::toString);
    assertTrue(console.listed("grace").contains("registry_approve"));
  }

  @Test
  void verbsAreMcpToolsToo() throws Exception {
    RawHttp.Response shown = console.mcp("viewer", SEE, "registry_show", "{\"server\":\"rec\"}");
    assertEquals(
        "rec", shown.json().textAt("result", "structuredContent", "server").orElse(""), shown::text);
    RawHttp.Response access =
        console.mcp("viewer", SEE, "registry_access", "{\"subject\":\"keeper\"}");
    assertTrue(access.text().contains("rec/echo"), access::text);
    RawHttp.Response catalogue =
        console.mcp("viewer", SEE, "registry_export", "{\"format\":\"markdown\"}");
    assertTrue(catalogue.text().contains("# Tool catalogue"), catalogue::text);
    RawHttp.Response classified =
        console.mcp("viewer", SEE, "registry_classify", "{\"tools\":[{\"name\":\"delete_user\"}]}");
    assertTrue(classified.text().contains("\"class\":\"admin\""), classified::text);
    RawHttp.Response lint = console.mcp("viewer", SEE, "registry_lint", "{}");
    assertTrue(lint.text().contains("text-not-kept"), lint::text);
    RawHttp.Response all = console.mcp("viewer", SEE, "registry_list", "{}");
    assertTrue(all.text().contains("registry_approve"), all::text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "registry/approve; not json; 400",
        "registry/approve; []; 400",
        "registry/approve; {\"intent\":\"x\"}; 403",
        "registry/unknown; {}; 404",
        "registry/approve/; {}; 404",
        "registry/../approve; {}; 404",
        "registry; {}; 404",
        "Registry/approve; {}; 404",
      })
  void c12WhatIsNoCallOfAVerbIsRefused(String path, String body, int status) throws Exception {
    RawHttp.Response answer = console.post("grace", "/admin/v1/" + path, body);
    assertEquals(status, answer.status(), answer::text);
    if (answer.body().length > 0) {
      assertTrue(answer.json().at("error", "reason").isPresent(), answer::text);
    }
  }

  @Test
  void a8TokenOfAnotherRouteDoesNotAdminister() throws Exception {
    String foreign = guard.home().token("grace", ALL, guard.home().resource("rec"));
    Request request = Request.call("none", "{}").token(foreign);
    RawHttp.Response answer =
        guard.send(
            request.bytes(
                "/admin/v1/registry/list", guard.port(), "{\"intent\":" + ADMIN + "}"));
    assertEquals(401, answer.status(), answer::text);
  }

  @Test
  void e3NoManifestMayBeTheGuardsOwnServer() throws Exception {
    Path manifest = guard.home().file("servers/guard.yaml");
    Files.writeString(
        manifest, GuardHome.manifest("guard", "{type: http, url: \"http://127.0.0.1:9/mcp\"}"));
    Thread.sleep(2_500);
    RawHttp.Response answer = console.mcp("viewer", SEE, "registry_show", "{\"server\":\"guard\"}");
    assertTrue(answer.text().contains("the guard itself"), answer::text);
  }
}
