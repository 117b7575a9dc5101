package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows B5 and B11 of threats.md. */
final class ArgumentJudgeTest {
  private static RegisteredTool tool(String rule) throws ConfigException {
    return Manifests.tool("class: read\narguments:\n  a: " + rule + "\n");
  }

  private static boolean kept(RegisteredTool tool, String text) {
    JsonObject arguments = JsonObject.builder().put("a", new JsonString(text)).build();
    return ArgumentJudge.judge(tool, arguments).kept();
  }

  private static ArgumentVerdict judge(RegisteredTool tool, String arguments) {
    return ArgumentJudge.judge(tool, Manifests.json(arguments));
  }

  @Test
  void pathsStayInsideTheFolders_B11() throws Exception {
    RegisteredTool tool = tool("{kind: path, allowed: [/data, /srv/in]}");
    assertTrue(kept(tool, "/data/x"));
    assertTrue(kept(tool, "/srv/in/x"));
    for (String text : new String[] {"/database/x", "/srv", "/data/../etc", "/data/%2e%2e/x", ""}) {
      assertFalse(kept(tool, text), text);
    }
    assertTrue(judge(tool, "{\"a\":[\"/data/x\",\"/data/y\"]}").kept());
    assertFalse(judge(tool, "{\"a\":[\"/data/x\",\"/etc\"]}").kept());
    assertFalse(judge(tool, "{\"a\":[[\"/data/x\"]]}").kept());
    assertFalse(judge(tool, "{\"a\":{\"path\":\"/data/x\"}}").kept());
    assertFalse(judge(tool, "{\"a\":null}").kept());
    assertFalse(judge(tool, "{\"b\":\"/data/x\"}").kept());
  }

  @ParameterizedTest
  @CsvSource({
    "api.bank.example, true",
    "API.Bank.Example, true",
    "x.hooks.example, true",
    "a.b.hooks.example, true",
    "alt.example:8443, true",
    "hooks.example, false",
    "xhooks.example, false",
    "api.bank.example., false",
    "api.bank.example.evil.example, false",
    "alt.example, false",
    "alt.example:8444, false",
    "api.bank.example:443, false",
    "127.0.0.1, true",
    "127.1, false",
    "2130706433, false",
    "0177.0.0.1, false",
    "[::1], false",
    "api.bank.example@evil, false",
    "api.bank.example/x, false",
    "bаnk.example, false",
  })
  void hostsAreMatchedWhole_B11(String host, boolean kept) throws Exception {
    RegisteredTool tool =
        tool(
            "{kind: host, hosts: [api.bank.example, '*.hooks.example', 'alt.example:8443',"
                + " 127.0.0.1]}");
    assertEquals(kept, kept(tool, host));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.bank.example/x?y=1#z, true",
    "HTTPS://API.bank.example, true",
    "https://api.bank.example:443/, true",
    "https://alt.example:8443/, true",
    "http://api.bank.example/, false",
    "https://api.bank.example:8443/, false",
    "https://alt.example/, false",
    "https://evil.example/, false",
    "https://api.bank.example@evil.example/, false",
    "https://user:pw@api.bank.example/, false",
    "https://api.bank.example:0443/, false",
    "https://api.bank.example:/, false",
    "https://evil.example\\@api.bank.example/, false",
    "//api.bank.example/, false",
    "https:api.bank.example, false",
    "https:///api.bank.example, false",
    "javascript:alert(1), false",
    "file:///etc/passwd, false",
    "https://api.bank.example%2eevil.example/, false",
    "https://[::1]/, false",
    "' https://api.bank.example/', false",
    "https://api.bank.example./, false",
  })
  void urlsAreReadOneWay_B11(String url, boolean kept) throws Exception {
    RegisteredTool tool =
        tool("{kind: url, schemes: [https], hosts: [api.bank.example, 'alt.example:8443']}");
    assertEquals(kept, kept(tool, url), url);
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "0.01, true",
    "1000.00, true",
    "1000.000000, true",
    "1000.01, false",
    "0, false",
    "-5, false",
    "1e2, false",
    "0.009999999999999999999999, false",
    "1000.0000000000000000000001, false",
    "99999999999999999999999999, false",
  })
  void amountsAreExact(String amount, boolean kept) throws Exception {
    RegisteredTool tool = tool("{kind: amount, lowest: 0.01, highest: '1000.00'}");
    assertEquals(kept, judge(tool, "{\"a\":" + amount + "}").kept());
    assertEquals(kept, kept(tool, amount));
  }

  @ParameterizedTest
  @CsvSource({"' 1'", "+1", "'1,00'", "0x1", "''", "NaN", "01", "1.", "true"})
  void whatIsNoAmountIsRefused(String text) throws Exception {
    assertFalse(kept(tool("{kind: amount, lowest: 0, highest: 1000}"), text));
  }

  @ParameterizedTest
  @CsvSource({
    "a@bank.example, true",
    "a.b+c@BANK.example, true",
    "till@shop.example, true",
    "boss@shop.example, false",
    "a@bank.example.evil.example, false",
    "'a@evil.example,a@bank.example', false",
    "a@evil@bank.example, false",
    "A <a@bank.example>, false",
    "@bank.example, false",
    "bank.example, false",
    "acct-42, true",
    "acct-4, false",
  })
  void recipientsAreOneAddress(String recipient, boolean kept) throws Exception {
    RegisteredTool tool =
        tool("{kind: recipient, allowed: ['@bank.example', till@shop.example, acct-42]}");
    assertEquals(kept, kept(tool, recipient));
    assertFalse(kept(tool, recipient + "\nbcc: x@bank.example"));
  }

  @Test
  void textIsBoundedAndPrintable() throws Exception {
    RegisteredTool tool = tool("{kind: text, longest: 3, optional: true}");
    assertTrue(kept(tool, "äöü"));
    assertTrue(kept(tool, "\uD83D\uDE00\uD83D\uDE00\n"));
    assertFalse(kept(tool, "abcd"));
    assertFalse(kept(tool, "a\u001b"));
    assertTrue(judge(tool, "{}").kept());
  }

  @Test
  void sqlProvesTheClassOfItsStatements_B5() throws Exception {
    RegisteredTool tool = tool("{kind: sql, class: write}");
    assertEquals(RiskClass.WRITE, tool.riskClass());
    assertEquals(RiskClass.READ, judge(tool, "{\"a\":\"SELECT 1\"}").riskClass());
    ArgumentVerdict write = judge(tool, "{\"a\":\"SELECT 1; INSERT INTO t VALUES (1)\"}");
    assertEquals(new ArgumentVerdict(java.util.List.of(), RiskClass.WRITE), write);
    ArgumentVerdict drop = judge(tool, "{\"a\":\"DROP TABLE t\"}");
    assertEquals("/a: does more than write", drop.violations().getFirst().toString());
    assertEquals(RiskClass.ADMIN, drop.riskClass());
    assertEquals(
        RiskClass.WRITE,
        judge(tool, "{\"a\":[\"SELECT 1\",\"DELETE FROM t WHERE a = 1\"]}").riskClass());
    assertEquals(RiskClass.ADMIN, judge(tool, "{\"a\":[]}").riskClass());
  }

  @Test
  void choiceProvesItsClass_B5() throws Exception {
    RegisteredTool tool =
        tool("{kind: enum, values: [GET, POST, DELETE], classes: {GET: read, POST: write}}");
    assertEquals(RiskClass.ADMIN, tool.riskClass());
    assertEquals(RiskClass.READ, judge(tool, "{\"a\":\"GET\"}").riskClass());
    assertEquals(RiskClass.WRITE, judge(tool, "{\"a\":\"POST\"}").riskClass());
    assertEquals(RiskClass.ADMIN, judge(tool, "{\"a\":\"DELETE\"}").riskClass());
    assertFalse(judge(tool, "{\"a\":\"get\"}").kept());
    assertFalse(judge(tool, "{\"a\":\"GET \"}").kept());
  }

  @Test
  void proofNeverGoesBelowTheDeclaredClass_B5() throws Exception {
    RegisteredTool tool =
        Manifests.tool("class: write\narguments: {a: {kind: sql, class: admin}}\n");
    assertEquals(RiskClass.WRITE, judge(tool, "{\"a\":\"SELECT 1\"}").riskClass());
    assertEquals(RiskClass.ADMIN, tool.riskClass());
  }

  @Test
  void decidingArgumentLeftOutIsAdmin_B5() throws Exception {
    RegisteredTool tool = tool("{kind: sql, class: read, optional: true}");
    assertEquals(RiskClass.ADMIN, tool.riskClass());
    assertEquals(RiskClass.ADMIN, judge(tool, "{}").riskClass());
    assertEquals(RiskClass.READ, judge(tool, "{\"a\":\"SELECT 1\"}").riskClass());
  }

  @Test
  void violationRepeatsNothingOfTheArgument() throws Exception {
    RegisteredTool tool = tool("{kind: path, allowed: [/data]}");
    ArgumentVerdict verdict = judge(tool, "{\"a\":\"/etc/secret\"}");
    assertEquals("/a: outside the allowed folders", verdict.violations().getFirst().toString());
  }
}
