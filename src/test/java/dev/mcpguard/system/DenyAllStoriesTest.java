package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.front.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row B14 of the threats and invariant I2: under a policy that denies all, no method is a way in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DenyAllStoriesTest {
  private static final String MARKER = "marker-of-the-client-7f3a";
  private static final String TASKS = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
  private static final String DENY_ALL =
      """
      package mcpguard.authz
      decision := {"decision": false, "context": {"reasons": [{"code": "policy-denied", "rule": "all"}], "obligations": []}}
      visible := false
      """;

  /**
   * What the guard asks a server on its own account, in its own words: its revision, and the lists
   * that it filters. Not one of the client's bytes is in them.
   */
  private static final Set<String> OWN =
      Set.of(
          "",
          "server/discover",
          "initialize",
          "notifications/initialized",
          "tools/list",
          "resources/list",
          "resources/templates/list",
          "prompts/list",
          "ping",
          "subscriptions/listen");

  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    guard = GuardFixture.prepare(folder);
    for (String file : List.of("arguments", "classes", "purposes", "site", "visible")) {
      Files.delete(guard.home().file("policies/" + file + ".rego"));
    }
    guard.home().write("policies/authz.rego", DENY_ALL);
    // with everything switched on that has methods of its own
    Path configuration = guard.home().file("mcp-guard.yaml");
    Files.writeString(
        configuration,
        Files.readString(configuration)
            + "protocol: {extensions: [io.modelcontextprotocol/tasks]}\n");
    guard.serve();
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  private static List<String> methods() {
    return Stream.concat(
            Stream.of(Method.values()).map(Method::text),
            Stream.of(
                "tasks/get",
                "tasks/list",
                "tasks/cancel",
                "tasks/result",
                "tasks/update",
                "roots/list",
                "sampling/createMessage",
                "elicitation/create",
                "notifications/message",
                "notifications/tools/list_changed",
                "notifications/tasks/status",
                "no/such",
                "rpc.discover"))
        .toList();
  }

  private String token(String route) {
    return guard
        .home()
        .token(
            "keeper", "mcp:read mcp:write mcp:admin", "http://127.0.0.1:" + guard.port() + route);
  }

  private static List<String> routes() {
    return List.of("/mcp/rec", "/mcp", "/mcp/none");
  }

  /** Parameters that would suit each method, and the marker in each. */
  private static Request withParameters(Request request, String route) {
    String tool = route.equals("/mcp") ? "rec__echo" : "echo";
    String marked = "\"" + MARKER + "\"";
    return switch (request.method()) {
      case "tools/call" -> request.tool(tool, "{\"m\":" + marked + "}").intent(GuardFixture.LOOK);
      case "prompts/get" -> request.param("\"name\":" + marked);
      case "resources/read", "resources/subscribe", "resources/unsubscribe" ->
          request.param("\"uri\":\"x:" + MARKER + "\"");
      case "completion/complete" ->
          request
              .param("\"ref\":{\"type\":\"ref/prompt\",\"name\":" + marked + "}")
              .param("\"argument\":{\"name\":\"a\",\"value\":" + marked + "}");
      case "logging/setLevel" -> request.param("\"level\":\"debug\"").meta("\"x\":" + marked);
      case "subscriptions/listen" ->
          request.param("\"notifications\":{\"resourceSubscriptions\":[\"x:" + MARKER + "\"]}");
      case "tools/list", "resources/list", "resources/templates/list", "prompts/list" ->
          request.param("\"cursor\":" + marked).meta("\"x\":" + marked);
      case "tasks/get", "tasks/cancel" -> 
          request.param("\"taskId\":" + marked).capabilities(TASKS);
      case "tasks/update" ->
          request
              .param("\"taskId\":" + marked)
              .param("\"inputResponses\":{\"m\":" + marked + "}")
              .capabilities(TASKS);
      case "notifications/cancelled" -> request.param("\"requestId\":" + marked);
      default -> request.meta("\"x\":" + marked);
    };
  }

  private static Request named(Request request, String route) {
    String name =
        switch (request.method()) {
          case "tools/call" -> route.equals("/mcp") ? "rec__echo" : "echo";
          case "prompts/get" -> MARKER;
          case "resources/read" -> "x:" + MARKER;
          case "tasks/get", "tasks/update", "tasks/cancel" -> MARKER;
          default -> "";
        };
    return name.isEmpty() ? request : request.header("Mcp-Name", name);
  }

  @Test
  void b14_noMethodOfTheModernRevisionReachesAServer() throws Exception {
    for (String route : routes()) {
      for (String method : methods()) {
        Request request =
            named(withParameters(Request.modern(method), route), route).token(token(route));
        send(request.bytes(route, guard.port()));
        send(request.bytes(route, guard.port(), request.body().replaceFirst("\"id\":1,", "")));
        send(request.id("\"" + MARKER + "\"").bytes(route, guard.port()));
      }
    }
    assertNothingArrived();
    assertToolsRefused();
  }

  @Test
  void b14_noMethodOfALegacyRevisionReachesAServer() throws Exception {
    for (String version : List.of("2025-11-25", "2025-06-18", "2025-03-26")) {
      for (String route : routes()) {
        String session = session(route, version);
        for (String method : methods()) {
          Request request =
              withParameters(Request.legacy(method, session), route)
                  .withoutHeader("MCP-Protocol-Version")
                  .header("MCP-Protocol-Version", version)
                  .token(token(route));
          send(request.bytes(route, guard.port()));
          send(request.bytes(route, guard.port(), request.body().replaceFirst("\"id\":1,", "")));
          send(request.bytes(route, guard.port(), "[" + request.body() + "]"));
        }
        send(
            Bytes.of(
                "DELETE "
                    + route
                    + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                    + token(route)
                    + "\r\nMcp-Session-Id: "
                    + session
                    + "\r\n\r\n"));
      }
    }
    assertNothingArrived();
  }

  private String session(String route, String version) throws IOException {
    Request initialize = Request.initialize().token(token(route));
    String body = initialize.body().replace("2025-11-25", version);
    RawHttp.Response answer =
        RawHttp.exchange(guard.port(), initialize.bytes(route, guard.port(), body));
    assertTrue(answer.status() == 200 || route.equals("/mcp/none"), answer::text);
    return answer.header("mcp-session-id").orElse("nosuch");
  }

  /** Streams are left after their first bytes; the guard has then decided. */
  private void send(byte[] request) throws IOException {
    try (RawHttp connection = RawHttp.connect(guard.port())) {
      RawHttp.Response start = connection.send(request).readStart();
      assertTrue(start.status() >= 200, "an answer");
    }
  }

  private void assertNothingArrived() throws Exception {
    Thread.sleep(300);
    List<String> arrived = new ArrayList<>();
    for (RecordedRequest request : guard.downstream().requests()) {
      if (!OWN.contains(request.rpcMethod())) {
        arrived.add(request.toString());
      }
    }
    assertEquals(List.of(), arrived);
    guard.downstream().assertNothingOf(MARKER);
    assertEquals(0, guard.log().ofKind("admission").size());
    guard.log().assertVerifies();
  }

  private void assertToolsRefused() throws Exception {
    byte[] call =
        named(withParameters(Request.modern("tools/call"), "/mcp/rec"), "/mcp/rec")
            .token(token("/mcp/rec"))
            .bytes("/mcp/rec", guard.port());
    guard.assertStopped(call, Set.of("policy-denied"));
    RawHttp.Response list =
        RawHttp.exchange(
            guard.port(),
            Request.modern("tools/list").token(token("/mcp/rec")).bytes("/mcp/rec", guard.port()));
    assertFalse(list.text().contains("echo"), list::text);
  }
}
