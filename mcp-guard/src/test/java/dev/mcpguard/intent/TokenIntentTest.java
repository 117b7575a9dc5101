package dev.mcpguard.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Intent the issuer committed to in {@code authorization_details}. */
final class TokenIntentTest {

  @Test
  void tokensAlternativesEachPermitAndNothingElseDoes() {
    String look = "{\"purpose\":\"fix\"}";
    String read = DeclaredIntentReaderTest.DETAIL + ",\"actions\":[\"read\"]}";
    String write =
        DeclaredIntentReaderTest.DETAIL
            + ",\"actions\":[\"write\",\"read\"],\"datatypes\":[\"internal\"]}";
    String other = "{\"type\":\"mcp_tool_call\",\"locations\":[\"https://other\"]}";
    assertEquals(
        RiskClass.READ,
        DeclaredIntentReaderTest.declared(DeclaredIntentReaderTest.meta(look, read)).ceiling());
    assertEquals(
        RiskClass.WRITE,
        DeclaredIntentReaderTest.declared(DeclaredIntentReaderTest.meta(look, read, write))
            .ceiling());
    assertEquals(
        RiskClass.WRITE,
        DeclaredIntentReaderTest.declared(DeclaredIntentReaderTest.meta(look, write, read, other))
            .ceiling());
    for (List<String> details :
        List.of(
            List.of(other),
            List.of("{\"type\":\"payment\"}"),
            List.of(DeclaredIntentReaderTest.DETAIL + ",\"actions\":[]}"),
            List.of(DeclaredIntentReaderTest.DETAIL + ",\"datatypes\":[]}"),
            List.of(DeclaredIntentReaderTest.DETAIL + ",\"datatypes\":[\"public\"]}"),
            List.of("{\"type\":\"mcp_tool_call\",\"locations\":[]}"),
            List.of("{\"type\":\"MCP_TOOL_CALL\",\"actions\":[\"read\"]}"))) {
      DeclaredIntentReaderTest.refused(
          ReasonCode.INTENT_EXCEEDED,
          DeclaredIntentReaderTest.meta(look, details.toArray(String[]::new)),
          details.toString());
    }
    for (String entry :
        List.of(
            DeclaredIntentReaderTest.DETAIL + ",\"purpose\":5}",
            DeclaredIntentReaderTest.DETAIL + ",\"identifier\":null}",
            DeclaredIntentReaderTest.DETAIL + ",\"actions\":\"read\"}",
            DeclaredIntentReaderTest.DETAIL + ",\"actions\":[\"Read\"]}",
            DeclaredIntentReaderTest.DETAIL + ",\"datatypes\":[\"secret\"]}",
            DeclaredIntentReaderTest.DETAIL + ",\"privileges\":[\"x\"]}",
            DeclaredIntentReaderTest.DETAIL + ",\"constraints\":{}}",
            "{\"type\":\"mcp_tool_call\",\"locations\":\"" + Calls.RESOURCE + "\"}")) {
      DeclaredIntentReaderTest.refused(
          ReasonCode.INTENT_UNREADABLE, DeclaredIntentReaderTest.meta(look, entry), entry);
    }
    Intent committed =
        DeclaredIntentReaderTest.declared(
            DeclaredIntentReaderTest.read(
                "look",
                DeclaredIntentReaderTest.TOOL,
                "{}",
                "{}",
                DeclaredIntentReaderTest.DETAIL
                    + ",\"purpose\":\"fix\",\"identifier\":\"T-7\",\"actions\":[\"write\"]}"));
    assertEquals(IntentSource.ISSUER_COMMITTED, committed.source());
    assertEquals("T-7", committed.task());
    assertEquals(RiskClass.WRITE, committed.ceiling());
  }
}
