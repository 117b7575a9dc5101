package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A guard with its own tools switched on, and people who use them. Agents: {@code grace} (another
 * than the owner of the server), {@code tests} (the owner), {@code viewer} (may read the registry),
 * {@code sweeper} (a purpose that names no tools, ceiling admin).
 */
record AdminConsole(GuardFixture guard) implements AutoCloseable {
  static final String ADMIN = "{\"purpose\":\"operate\",\"class\":\"admin\"}";
  static final String SEE = "{\"purpose\":\"view\",\"class\":\"read\"}";
  static final String ALL = "mcp:read mcp:write mcp:admin";

  static AdminConsole start(Path folder) throws Exception {
    GuardFixture guard = GuardFixture.prepare(folder);
    GuardHome home = guard.home();
    home.write(
        "mcp-guard.yaml",
        Files.readString(home.file("mcp-guard.yaml")) + "admin: {owner: platform}\n");
    home.write(
        "agents.yaml",
        Files.readString(home.file("agents.yaml"))
            + agent("grace", "admin", "operate: {class: admin, tools: [\"guard/*\"]}")
            + agent("tests", "admin", "operate: {class: admin, tools: [\"guard/*\"]}")
            + agent("viewer", "read", "view: {class: read, tools: [\"guard/*\"]}")
            + agent("sweeper", "admin", "operate: {class: admin}"));
    return new AdminConsole(guard.serve());
  }

  private static String agent(String id, String ceiling, String purpose) {
    return """
      - id: %s-console
        owner: %s
        match: {issuer: "urn:mcp-guard:development-issuer", claims: {sub: %s}}
        ceiling: %s
        sensitivity: restricted
        review-by: 2099-01-01
        purposes: {%s}
    """
        .indent(0)
        .formatted(id, id, id, ceiling, purpose);
  }

  String token(String agent) {
    return guard.home().token(agent, ALL, guard.home().resource("guard"));
  }

  RawHttp.Response plain(String agent, String verb, String body) throws IOException {
    return post(agent, "/admin/v1/registry/" + verb, body);
  }

  RawHttp.Response post(String agent, String path, String body) throws IOException {
    Request request = Request.call("none", "{}").token(token(agent));
    return guard.send(request.bytes(path, guard.port(), body));
  }

  RawHttp.Response mcp(String agent, String intent, String tool, String arguments)
      throws IOException {
    Request request = Request.call(tool, arguments).intent(intent).token(token(agent));
    return guard.send(request.bytes("/mcp/guard", guard.port()));
  }

  List<String> listed(String agent) throws IOException {
    Request request = Request.modern("tools/list").token(token(agent));
    RawHttp.Response answer = guard.send(request.bytes("/mcp/guard", guard.port()));
    Json tools = answer.json().at("result", "tools").orElseThrow();
    return ((Json.Arr) tools).elements().stream().map(each -> LogView.text(each, "name")).toList();
  }

  /** The digest of what the server offers as {@code echo} now, by inspecting it. */
  String echoDigest() throws IOException {
    RawHttp.Response inspected =
        plain("viewer", "inspect", "{\"intent\":" + SEE + ",\"server\":\"rec\"}");
    assertEquals(200, inspected.status(), inspected::text);
    return inspected.text().replaceAll("(?s).*\"tool\":\"echo\",\"digest\":\"([^\"]*)\".*", "$1");
  }

  /** The server offers another description of {@code echo} from now on. */
  void change() {
    guard.downstream().behave(guard.downstream().behaviour().changedFromList(1));
  }

  static String approval(String digest, String more) {
    return "{\"intent\":" + ADMIN + ",\"server\":\"rec\",\"definitions\":{\"echo\":\"" + digest
        + "\"}" + more + "}";
  }

  @Override
  public void close() throws IOException {
    guard.close();
  }
}
