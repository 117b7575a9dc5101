package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Row C15 of the threats and the list "Bad input" of issue 2, against a running guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputStoriesTest {
  private GuardFixture guard;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    GuardFixture prepared = GuardFixture.prepare(folder);
    prepared.home().configure("limits: {body-bytes: 65536}", "unauthenticated-per-second: 1000");
    guard = prepared.serve();
  }

  @AfterAll
  void stop() throws Exception {
    guard.close();
  }

  private RawHttp.Response refused(String body, String reason) throws Exception {
    return guard.assertRefused(guard.good().bytes(GuardFixture.PATH, guard.port(), body), reason);
  }

  private static void assertCode(String code, RawHttp.Response answer) {
    assertEquals(400, answer.status(), answer::text);
    assertEquals(
        code, answer.json().at("error", "code").map(Json::toString).orElse(""), answer::text);
  }

  @Test
  void c15_nothingIsDecidedOnThePartOfABodyThatFits() throws Exception {
    String good = guard.good().body();
    String atLimit = good + " ".repeat((64 << 10) - good.length());
    guard.assertPermittedBody(atLimit);
    for (String body : List.of(atLimit + " ", atLimit + "{", good + " ".repeat(200_000))) {
      RawHttp.Response answer = refused(body, "too-large");
      assertEquals(413, answer.status());
      byte[] chunked = chunked(body);
      assertEquals(413, guard.assertRefused(chunked, "too-large").status());
    }
    guard.assertPermitted(guard.good(), "echo");
  }

  private byte[] chunked(String body) {
    String head =
        new String(guard.good().bytes(GuardFixture.PATH, guard.port(), ""), StandardCharsets.UTF_8);
    StringBuilder out =
        new StringBuilder(head.replace("Content-Length: 0", "Transfer-Encoding: chunked"));
    for (int at = 0; at < body.length(); at += 8_000) {
      String part = body.substring(at, Math.min(body.length(), at + 8_000));
      out.append(Integer.toHexString(part.length())).append("\r\n").append(part).append("\r\n");
    }
    return Bytes.of(out.append("0\r\n\r\n").toString());
  }

  @Test
  void badInput_bytesThatAreNotUtf8OrTooDeepAreRefused() throws Exception {
    String good = guard.good().body();
    byte[] invalid =
        guard
            .good()
            .bytes(GuardFixture.PATH, guard.port(), good.replace("\"n\":1", "\"n\":\"??\""));
    invalid[Bytes.indexOf(invalid, Bytes.of("??"), 0)] = (byte) 0xff;
    guard.assertRefused(invalid, "malformed");
    refused("\ufeff" + good, "malformed");
    refused(good.replace("\"n\":1", "\"n\":\"\\ud800\""), "malformed");
    refused(
        good.replace("\"n\":1", "\"n\":" + "[".repeat(20_000) + "]".repeat(20_000)), "malformed");
    refused("[".repeat(60_000), "malformed");
  }

  @Test
  void badInput_aWrongContentTypeIsRefused() throws Exception {
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/jsonx",
            "")) {
      byte[] request =
          Bytes.of(
              new String(
                      guard.good().bytes(GuardFixture.PATH, guard.port()), StandardCharsets.UTF_8)
                  .replaceFirst("Content-Type: [^\r]*", "Content-Type: " + type));
      assertEquals(415, guard.assertRefused(request, "request-invalid").status(), type);
    }
  }

  @Test
  void badInput_headersThatDifferFromTheBodyAreRefused() throws Exception {
    Request good = guard.good();
    assertCode(
        "-32020",
        guard.assertRefused(
            good.withoutHeader("Mcp-Name").header("Mcp-Name", "drop"), "header-mismatch"));
    assertCode("-32020", guard.assertRefused(good.header("Mcp-Name", "echo"), "header-mismatch"));
    assertCode("-32020", guard.assertRefused(good.withoutHeader("Mcp-Method"), "header-mismatch"));
    assertCode(
        "-32020",
        guard.assertRefused(
            good.withoutHeader("MCP-Protocol-Version").header("MCP-Protocol-Version", "2025-11-25"),
            "header-mismatch"));
  }

  @Test
  void badInput_anUnknownMethodIsRefused() throws Exception {
    for (String method :
        List.of(
            "tools/Call",
            "tools/call ",
            "no/such",
            "admin/shutdown",
            "tasks/get",
            "sampling/createMessage")) {
      Request request =
          Request.modern(method)
              .withoutHeader("Mcp-Method")
              .header("Mcp-Method", method.strip())
              .token(guard.goodToken());
      int calls = guard.downstream().calls().size();
      RawHttp.Response answer = guard.send(request);
      assertTrue(answer.status() == 404 || answer.status() == 400, answer::text);
      assertEquals(calls, guard.downstream().calls().size());
    }
    assertEquals(
        404,
        guard
            .assertRefused(Request.modern("no/such").token(guard.goodToken()), "method-unknown")
            .status());
  }

  @Test
  void badInput_aWrongConfigurationNamesFileAndLine(@TempDir Path other) throws Exception {
    GuardHome home = GuardHome.in(other);
    assertFinding(home, "unknown-key: 1\n", "mcp-guard.yaml:10", "unknown-key");
    assertFinding(home, "longest-cal: 1s\n", "mcp-guard.yaml:10", "longest-call");
    assertFinding(home, "longest-call: soon\n", "mcp-guard.yaml:10", "longest-call");
    assertFinding(home, "\tx: 1\n", "mcp-guard.yaml:10", "");
  }

  private static void assertFinding(GuardHome home, String line, String place, String said)
      throws Exception {
    home.configure("", "");
    home.write(
        "mcp-guard.yaml", java.nio.file.Files.readString(home.file("mcp-guard.yaml")) + line);
    dev.mcpguard.json.ConfigException refusal =
        org.junit.jupiter.api.Assertions.assertThrows(
            dev.mcpguard.json.ConfigException.class, home::configuration);
    String findings = refusal.findings().toString();
    assertTrue(findings.contains(place) && findings.contains(said), findings);
  }
}
