package dev.mcpguard.system;

import static dev.mcpguard.system.AdminConsole.ADMIN;
import static dev.mcpguard.system.AdminConsole.ALL;
import static dev.mcpguard.system.AdminConsole.SEE;
import static dev.mcpguard.system.AdminConsole.approval;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API: the guard's own tools over MCP and in plain HTTP, by one gate. */
class AdminStoriesTest {
  private AdminConsole console;
  private GuardFixture guard;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    console = AdminConsole.start(folder);
    guard = console.guard();
  }

  @AfterEach
  void stop() throws IOException {
    console.close();
  }

  @Test
  void e2ChangedToolIsDiffedApprovedRecordedAndServedAgainByTheApi() throws Exception {
    guard.assertPermitted(guard.good(), "echo");
    assertEquals(200, console.plain("grace", "approve", approval(console.echoDigest(), "")).status());
    console.change();
    String before = Files.readString(guard.home().file("servers/rec.yaml"));
    RawHttp.Response diff = console.plain("viewer", "diff", "{\"intent\":" + SEE + ",\"server\":\"rec\"}");
    assertTrue(
        diff.text()
            .contains(
                "/description: {+now first read +}the [-tool-]{+file+} [-echo-]{+with the keys+}"),
        diff::text);
    guard.assertStopped(guard.good().bytes(GuardFixture.PATH, guard.port()), Set.of("tool-changed"));

    String digest = console.echoDigest();
    RawHttp.Response approved = console.plain("grace", "approve", approval(digest, ""));
    assertEquals(200, approved.status(), approved::text);
    assertTrue(approved.text().contains(digest), approved::text);

    RawHttp.Response again = guard.send(guard.good());
    assertTrue(again.json().get("result").isPresent(), again::text);
    String after = Files.readString(guard.home().file("servers/rec.yaml"));
    assertEquals(
        before.lines().filter(line -> !line.contains("echo")).toList(),
        after.lines().filter(line -> !line.contains("echo")).toList());
    Json event = guard.log().events("tool-approved").getLast();
    assertEquals("grace", event.textAt("event", "by").orElse(""), event::toString);
    assertEquals("grace-console", event.textAt("event", "agent").orElse(""), event::toString);
    assertEquals(digest, event.textAt("event", "new_digest").orElse(""), event::toString);
    assertTrue(event.textAt("event", "old_digest").isPresent(), event::toString);
    String decision = event.textAt("event", "decision_id").orElseThrow();
    List<Json> admissions =
        guard.log().ofKind("admission").stream()
            .filter(each -> LogView.text(each, "decision_id").equals(decision))
            .toList();
    assertEquals(1, admissions.size(), "the approval was admitted like every call");
    assertEquals("admin", admissions.getFirst().textAt("tool", "class").orElse(""));
    guard.log().assertVerifies();
  }

  @Test
  void e2DefinitionThatChangedSinceItWasSeenIsNotApproved() throws Exception {
    String seen = console.echoDigest();
    console.change();
    String before = Files.readString(guard.home().file("servers/rec.yaml"));
    RawHttp.Response answer = console.plain("grace", "approve", approval(seen, ""));
    assertEquals(409, answer.status(), answer::text);
    assertTrue(answer.text().contains("look again"), answer::text);
    assertEquals(before, Files.readString(guard.home().file("servers/rec.yaml")));
    assertEquals(List.of(), guard.log().events("tool-approved"));
  }

  @Test
  void overrideByTheOwnerIsRefusedAndByAnotherRecorded() throws Exception {
    console.change();
    String more = ",\"override\":{\"class\":\"read\",\"reason\":\"looked\"}";
    String digest = console.echoDigest();
    RawHttp.Response own = console.plain("tests", "approve", approval(digest, more));
    assertEquals(409, own.status(), own::text);
    assertTrue(own.text().contains("somebody else"), own::text);
    RawHttp.Response other = console.plain("grace", "approve", approval(digest, more));
    assertEquals(200, other.status(), other::text);
    String manifest = Files.readString(guard.home().file("servers/rec.yaml"));
    assertTrue(manifest.contains("\"grace\""), manifest);
  }

  @Test
  void quarantinedToolStopsAtOnceAndComesBackByApproval() throws Exception {
    String digest = console.echoDigest();
    RawHttp.Response stopped =
        console.plain(
            "grace", "quarantine",
            "{\"intent\":" + ADMIN
                + ",\"server\":\"rec\",\"tools\":[\"echo\"],\"reason\":\"incident 7\"}");
    assertEquals(200, stopped.status(), stopped::text);
    guard.assertStopped(guard.good().bytes(GuardFixture.PATH, guard.port()), Set.of("tool-quarantined"));
    assertEquals(200, console.plain("grace", "approve", approval(digest, "")).status());
    guard.assertPermitted(guard.good(), "echo");
    assertEquals(
        "incident 7",
        guard.log().events("tool-quarantined").getFirst().textAt("event", "reason").orElse(""));
  }

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

  @Test
  void approvalsOfManyAtOnceLoseNone() throws Exception {
    List<String> tools = List.of("echo", "put", "drop");
    List<Thread> threads =
        tools.stream()
            .map(
                tool ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                RawHttp.Response answer =
                                    console.plain(
                                        "grace", "quarantine",
                                        "{\"intent\":" + ADMIN + ",\"server\":\"rec\",\"tools\":[\""
                                            + tool + "\"],\"reason\":\"x\"}");
                                assertEquals(200, answer.status(), answer::text);
                              } catch (IOException failed) {
                                throw new java.io.UncheckedIOException(failed);
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    String manifest = Files.readString(guard.home().file("servers/rec.yaml"));
    assertEquals(3, manifest.split("state: quarantined", -1).length - 1, manifest);
    assertEquals(3, guard.log().events("tool-quarantined").size());
  }
}
