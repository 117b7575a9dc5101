package dev.mcpguard.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.DataExposure;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of threats B1 to B4 and the rules of the carriers. */
final class DeclaredIntentReaderTest {
  static final ServedTool TOOL = Calls.tool(Calls.PLAIN);
  static final String DETAIL =
      "{\"type\":\"mcp_tool_call\",\"locations\":[\"" + Calls.RESOURCE + "\"]";

  static IntentReading read(
      @Nullable String byDefault,
      ServedTool tool,
      String arguments,
      String meta,
      String... details) {
    return new DeclaredIntentReader()
        .read(Calls.call(Calls.agent(byDefault), arguments, meta, details), tool);
  }

  static IntentReading meta(String intent, String... details) {
    return read(null, TOOL, "{}", Calls.meta(intent), details);
  }

  static Intent declared(IntentReading reading) {
    return assertInstanceOf(IntentReading.Declared.class, reading, String.valueOf(reading))
        .intent();
  }

  static void refused(ReasonCode reason, IntentReading reading, String what) {
    assertEquals(
        reason,
        assertInstanceOf(IntentReading.Undeclared.class, reading, what).refusal().reason(),
        what);
  }

  @Test
  void b1MissingPurposeIsRefusedUnlessTheAgentHasADefaultWhichOnlyReads() {
    refused(ReasonCode.INTENT_MISSING, read(null, TOOL, "{}", "{}"), "nothing");
    refused(ReasonCode.INTENT_MISSING, meta("{}"), "empty");
    refused(ReasonCode.INTENT_MISSING, meta("{\"class\":\"read\"}"), "class only");
    refused(
        ReasonCode.INTENT_MISSING, read(null, TOOL, "{\"guard_task\":\"T-1\"}", "{}"), "task only");
    for (String purpose : List.of("look", "fix", "rule")) {
      Intent intent = declared(read(purpose, TOOL, "{}", "{}"));
      assertEquals(RiskClass.READ, intent.ceiling(), purpose);
      assertEquals(IntentSource.REGISTERED_DEFAULT, intent.source());
      Intent lifted =
          declared(read(purpose, TOOL, "{}", Calls.meta("{\"class\":\"admin\",\"task\":\"T\"}")));
      assertEquals(RiskClass.READ, lifted.ceiling(), "a class alone lifts no default");
      assertEquals(IntentSource.REGISTERED_DEFAULT, lifted.source());
    }
    refused(ReasonCode.PURPOSE_UNREGISTERED, read("gone", TOOL, "{}", "{}"), "default is gone");
  }

  @Test
  void b1B4UnreadableIntentsAreRefused() {
    for (String intent :
        List.of(
            "null",
            "5",
            "\"look\"",
            "[]",
            "[{\"purpose\":\"look\"}]",
            "{\"purpose\":5}",
            "{\"purpose\":null}",
            "{\"purpose\":[\"look\"]}",
            "{\"purpose\":\"\"}",
            "{\"purpose\":\"look \"}",
            "{\"purpose\":\" look\"}",
            "{\"purpose\":\"lo\\u200bok\"}",
            "{\"purpose\":\"l\\u043eok\"}",
            "{\"purpose\":\"look\\n\"}",
            "{\"purpose\":\"" + "l".repeat(129) + "\"}",
            "{\"purpose\":\"look\",\"class\":\"Read\"}",
            "{\"purpose\":\"look\",\"class\":\"read \"}",
            "{\"purpose\":\"look\",\"class\":\"r\\u0435ad\"}",
            "{\"purpose\":\"look\",\"class\":\"re\\u200bad\"}",
            "{\"purpose\":\"look\",\"class\":\"READ\"}",
            "{\"purpose\":\"look\",\"class\":\"\"}",
            "{\"purpose\":\"look\",\"class\":0}",
            "{\"purpose\":\"look\",\"class\":\"execute\"}",
            "{\"purpose\":\"look\",\"class\":[\"read\"]}",
            "{\"purpose\":\"look\",\"clas\":\"read\"}",
            "{\"Purpose\":\"look\"}",
            "{\"purpose\":\"look\",\"goal\":\"help\"}",
            "{\"purpose\":\"look\",\"source\":\"human_approved\"}",
            "{\"purpose\":\"look\",\"tools\":\"files/*\"}",
            "{\"purpose\":\"look\",\"tools\":[5]}",
            "{\"purpose\":\"look\",\"tools\":[\"*\"]}",
            "{\"purpose\":\"look\",\"tools\":[\"*/*\"]}",
            "{\"purpose\":\"look\",\"tools\":[\"files/r*\"]}",
            "{\"purpose\":\"look\",\"tools\":[\"files\"]}",
            "{\"purpose\":\"look\",\"sensitivity\":\"secret\"}",
            "{\"purpose\":\"look\",\"destinations\":[\"moon\"]}",
            "{\"purpose\":\"look\",\"resources\":[\"srv/data\"]}",
            "{\"purpose\":\"look\",\"resources\":[\"file:///srv/../etc\"]}",
            "{\"purpose\":\"look\",\"resources\":[\"file:///srv/%2e%2E/etc\"]}",
            "{\"purpose\":\"look\",\"resources\":[\"file:///srv/%2fetc\"]}",
            "{\"purpose\":\"look\",\"resources\":[\"file:///srv\\\\etc\"]}",
            "{\"purpose\":\"look\",\"resources\":[\"https://a/?x\"]}",
            "{\"purpose\":\"look\",\"task\":\"T 1\"}")) {
      refused(ReasonCode.INTENT_UNREADABLE, meta(intent), intent);
      refused(ReasonCode.INTENT_UNREADABLE, read("look", TOOL, "{}", Calls.meta(intent)), intent);
    }
    for (String purpose : List.of("5", "null", "\"\"", "\"look \"", "[\"look\"]", "{}")) {
      refused(
          ReasonCode.INTENT_UNREADABLE,
          read("look", TOOL, "{\"guard_purpose\":" + purpose + "}", "{}"),
          purpose);
    }
    refused(ReasonCode.PURPOSE_UNREGISTERED, meta("{\"purpose\":\"Look\"}"), "another case");
  }

  @Test
  void b1CarriersThatDisagreeAreAConflict() {
    String look = Calls.meta("{\"purpose\":\"look\",\"task\":\"T-1\"}");
    refused(
        ReasonCode.INTENT_CONFLICT,
        read(null, TOOL, "{\"guard_purpose\":\"rule\"}", look),
        "purpose");
    refused(ReasonCode.INTENT_CONFLICT, read(null, TOOL, "{\"guard_task\":\"T-2\"}", look), "task");
    String agreed = "{\"guard_purpose\":\"look\",\"guard_task\":\"T-1\"}";
    assertEquals("T-1", declared(read(null, TOOL, agreed, look)).task());
    refused(
        ReasonCode.INTENT_CONFLICT,
        read(null, TOOL, "{}", look, DETAIL + ",\"purpose\":\"rule\"}"),
        "token");
    refused(
        ReasonCode.INTENT_CONFLICT,
        read(null, TOOL, "{}", look, DETAIL + ",\"identifier\":\"T-9\"}"),
        "token task");
  }

  @Test
  void b2B3CeilingIsTheLeastOfPurposeClassAndToken() {
    for (RiskClass purpose : RiskClass.values()) {
      String name = List.of("look", "fix", "rule").get(purpose.ordinal());
      for (RiskClass said : RiskClass.values()) {
        for (RiskClass token : RiskClass.values()) {
          Intent intent =
              declared(
                  meta(
                      "{\"purpose\":\"" + name + "\",\"class\":\"" + said.text() + "\"}",
                      DETAIL + ",\"actions\":[\"" + token.text() + "\"]}"));
          assertEquals(purpose.min(said).min(token), intent.ceiling());
          assertEquals(IntentSource.ASSERTED, intent.source());
          for (RiskClass called : RiskClass.values()) {
            boolean expected =
                called.compareTo(purpose) <= 0
                    && called.compareTo(said) <= 0
                    && called.compareTo(token) <= 0;
            assertEquals(expected, intent.ceiling().covers(called));
          }
        }
      }
      assertEquals(purpose, declared(meta("{\"purpose\":\"" + name + "\"}")).ceiling());
    }
  }

  @Test
  void b2ToolOutsideThePurposeOrTheIntentIsExceeded() {
    DataExposure internal = new DataExposure(Sensitivity.INTERNAL, Destination.INTERNAL);
    ServedTool notes = Calls.tool("notes", "add", RiskClass.WRITE, internal, Calls.PLAIN);
    refused(
        ReasonCode.INTENT_EXCEEDED,
        read(null, notes, "{}", Calls.meta("{\"purpose\":\"fix\"}")),
        "the purpose's tools");
    declared(meta("{\"purpose\":\"fix\"}"));
    for (String tools : List.of("[]", "[\"files/read\"]", "[\"file/*\"]", "[\"notes/*\"]")) {
      refused(
          ReasonCode.INTENT_EXCEEDED,
          meta("{\"purpose\":\"look\",\"tools\":" + tools + "}"),
          tools);
    }
    for (String tools : List.of("[\"files/read_file\"]", "[\"files/*\",\"notes/*\"]")) {
      declared(meta("{\"purpose\":\"look\",\"tools\":" + tools + "}"));
    }
    refused(
        ReasonCode.INTENT_EXCEEDED, meta("{\"purpose\":\"look\",\"resources\":[]}"), "no resource");
    refused(
        ReasonCode.INTENT_EXCEEDED,
        meta("{\"purpose\":\"look\",\"sensitivity\":\"public\"}"),
        "sensitivity");
    declared(meta("{\"purpose\":\"look\",\"sensitivity\":\"internal\"}"));
  }

  @Test
  void destinationsCoverWhatStaysInsideAndNothingUnnamedBeyond() {
    for (Destination destination : Destination.values()) {
      ServedTool tool =
          Calls.tool(
              "files",
              "send",
              RiskClass.READ,
              new DataExposure(Sensitivity.INTERNAL, destination),
              Calls.PLAIN);
      for (String said : List.of("", "\"internal\"", "\"partner\"", "\"internet\"")) {
        IntentReading reading =
            read(
                null,
                tool,
                "{}",
                Calls.meta("{\"purpose\":\"look\",\"destinations\":[" + said + "]}"));
        if (destination == Destination.INTERNAL || said.contains(destination.text())) {
          // The policy reads an empty set as no narrowing: it must never see one here.
          assertEquals(false, declared(reading).destinations().isEmpty());
        } else {
          refused(ReasonCode.INTENT_EXCEEDED, reading, destination + " " + said);
        }
      }
    }
  }

  @Test
  void carriersAreTakenOutOfWhatIsForwarded() {
    IntentReading.Declared reading =
        assertInstanceOf(
            IntentReading.Declared.class,
            read(
                null,
                TOOL,
                "{\"path\":\"a\",\"guard_purpose\":\"look\",\"guard_task\":\"T\"}",
                "{\"dev.mcpguard/grant\":1,\"dev.mcpguard/intent\":{},\"other/x\":2}"));
    assertEquals(Calls.json("{\"path\":\"a\"}"), reading.arguments());
    assertEquals(Calls.json("{\"other/x\":2}"), reading.meta());
  }

  @Test
  void argumentOfAToolThatHasTheNameItselfIsTheToolsOwn() {
    ServedTool own =
        Calls.tool(
            "{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
                + "{\"guard_purpose\":{}}}}");
    JsonObject arguments = Calls.json("{\"guard_purpose\":\"look\"}");
    IntentReading.Declared reading =
        assertInstanceOf(
            IntentReading.Declared.class, read("rule", own, "{\"guard_purpose\":\"look\"}", "{}"));
    assertEquals(arguments, reading.arguments());
    assertEquals("rule", reading.intent().purpose());
    assertNull(reading.intent().task());
    refused(
        ReasonCode.INTENT_MISSING, read(null, own, "{\"guard_purpose\":\"look\"}", "{}"), "own");
  }

  @Test
  void agentWithoutPurposesCanDeclareNone() {
    Agent agent = Calls.agent(null);
    Agent bare =
        new Agent(
            "bare",
            "o",
            java.util.Map.of(),
            null,
            agent.ceiling(),
            agent.sensitivity(),
            null,
            agent.reviewBy(),
            agent.state());
    refused(
        ReasonCode.PURPOSE_UNREGISTERED,
        new DeclaredIntentReader()
            .read(Calls.call(bare, "{}", Calls.meta("{\"purpose\":\"look\"}")), TOOL),
        "bare");
    assertEquals(Set.of(), bare.purposes().keySet());
  }
}
