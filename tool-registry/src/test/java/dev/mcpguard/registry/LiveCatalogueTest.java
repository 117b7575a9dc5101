package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.registry.ToolOffer.Served;
import dev.mcpguard.registry.ToolOffer.Withheld;
import dev.mcpguard.registry.poison.PoisonCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows E1 to E4 of threats.md as far as they are pure. */
final class LiveCatalogueTest {
  private static final JsonObject READ =
      Manifests.json(
          "{\"name\":\"read\",\"description\":\"reads\",\"inputSchema\":{\"type\":\"object\"},"
              + "\"outputSchema\":{},\"_meta\":{\"x\":1.0},\"annotations\":{\"readOnlyHint\":true}}");

  private static LiveCatalogue catalogue(JsonObject... live) throws Exception {
    ServerManifest manifest =
        Manifests.files(
            "read: {class: read, digest: \""
                + DefinitionDigest.of(READ)
                + "\"}\n"
                + "draft: {class: read}\n");
    return LiveCatalogue.of(manifest, List.of(live), definition -> null);
  }

  private static Withheld withheld(LiveCatalogue catalogue, String name) {
    return assertInstanceOf(Withheld.class, catalogue.find(name));
  }

  @Test
  void declaredPinnedAndUnchangedIsServed() throws Exception {
    LiveCatalogue catalogue = catalogue(READ);
    Served served = assertInstanceOf(Served.class, catalogue.find("read"));
    assertSame(READ, served.definition());
    assertEquals(ToolStatus.APPROVED, served.tool().status());
    assertEquals(List.of(served), List.copyOf(catalogue.served()));
  }

  @Test
  void undeclaredToolIsUnknown_E4() throws Exception {
    LiveCatalogue catalogue = catalogue(READ, READ.with("name", new JsonString("extra")));
    assertEquals(WithheldReason.TOOL_UNKNOWN, withheld(catalogue, "extra").reason());
    assertEquals(WithheldReason.TOOL_UNKNOWN, withheld(catalogue, "never").reason());
    assertEquals(1, catalogue.served().size());
  }

  @Test
  void declaredToolThatIsNotListedIsUnknown_E4() throws Exception {
    assertEquals(WithheldReason.TOOL_UNKNOWN, withheld(catalogue(), "read").reason());
  }

  @Test
  void toolWithoutAPinIsQuarantined_E1() throws Exception {
    LiveCatalogue catalogue = catalogue(READ.with("name", new JsonString("draft")));
    assertEquals("tool-quarantined", withheld(catalogue, "draft").reason().code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "description",
        "title",
        "outputSchema",
        "annotations",
        "_meta",
        "unknown",
        "icons"
      })
  void anyChangeOfTheDefinitionStopsTheTool_E2(String member) throws Exception {
    Withheld changed = withheld(catalogue(READ.with(member, new JsonString("poison"))), "read");
    assertEquals(WithheldReason.TOOL_CHANGED, changed.reason());
    assertEquals(DefinitionDigest.of(READ), changed.pinned());
    assertTrue(changed.live() != null && !changed.live().equals(changed.pinned()));
  }

  @Test
  void evenTheSpellingOfANumberIsAChange_E2() throws Exception {
    JsonObject meta = JsonObject.builder().put("x", new JsonNumber("1")).build();
    assertEquals(
        WithheldReason.TOOL_CHANGED,
        withheld(catalogue(READ.with("_meta", meta)), "read").reason());
  }

  @Test
  void toolListedTwiceIsRefusedBothTimes_E3() throws Exception {
    JsonObject poisoned = READ.with("description", new JsonString("poison"));
    for (LiveCatalogue catalogue :
        List.of(catalogue(READ, READ), catalogue(READ, poisoned), catalogue(poisoned, READ))) {
      assertEquals(WithheldReason.TOOL_QUARANTINED, withheld(catalogue, "read").reason());
      assertEquals(2, catalogue.withheld().size());
      assertEquals(0, catalogue.served().size());
    }
  }

  @Test
  void nameIsComparedExactly_C3() throws Exception {
    for (String name : List.of("Read", "read ", "read\u0000", "\u202Eread", "reаd", "")) {
      LiveCatalogue catalogue = catalogue(READ.with("name", new JsonString(name)));
      assertEquals(WithheldReason.TOOL_UNKNOWN, withheld(catalogue, name).reason());
    }
  }

  @Test
  void malformedDefinitionIsNeverServed() throws Exception {
    assertEquals(0, catalogue(READ.without("name"), JsonObject.of()).served().size());
    assertEquals(0, catalogue(READ.without("inputSchema")).served().size());
  }

  @Test
  void classifierAndHintsRaiseTheServedTool() throws Exception {
    ServerManifest manifest =
        Manifests.files("read: {class: read, digest: \"" + DefinitionDigest.of(READ) + "\"}\n");
    ClassFinding finding =
        new ClassFinding(new Classification(RiskClass.WRITE, Set.of(Effect.EGRESS)), "it sends");
    LiveCatalogue catalogue = LiveCatalogue.of(manifest, List.of(READ), definition -> finding);
    Served served = assertInstanceOf(Served.class, catalogue.find("read"));
    assertEquals(RiskClass.WRITE, served.tool().riskClass());
    assertEquals(List.of("it sends"), served.reasons());
  }

  private static LiveCatalogue judged(String lines, ClassFinding finding) throws Exception {
    String digest = "digest: \"" + DefinitionDigest.of(READ) + "\"";
    ServerManifest manifest = Manifests.files("read: {class: read, " + digest + lines + "}\n");
    return LiveCatalogue.of(manifest, List.of(READ), definition -> finding);
  }

  private static String override(String what, String by, Object digest) {
    return ", override: {" + what + ", by: " + by + ", reason: seen, digest: \"" + digest + "\"}";
  }

  @Test
  void overrideByAnotherStandsInPlaceOfTheClassifierForThisDefinitionOnly_E8() throws Exception {
    ClassFinding admin =
        new ClassFinding(new Classification(RiskClass.ADMIN, Set.of(Effect.CREDENTIAL)), "mints");
    String bound = override("class: write", "alice", DefinitionDigest.of(READ));
    Served served = assertInstanceOf(Served.class, judged(bound, admin).find("read"));
    assertEquals(RiskClass.WRITE, served.tool().riskClass());
    String other = override("class: write", "alice", DefinitionDigest.of(READ.without("name")));
    served = assertInstanceOf(Served.class, judged(other, admin).find("read"));
    assertEquals(RiskClass.ADMIN, served.tool().riskClass());
  }

  @Test
  void ownerCannotOverrideTheGuard_E8() {
    String own = override("class: read", "' Team-Records'", DefinitionDigest.of(READ));
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> judged(own, new ClassFinding(new Classification(RiskClass.READ, Set.of()), "")));
    assertTrue(String.valueOf(refused.getMessage()).contains("by the owner"), refused::toString);
  }

  @Test
  void blockingFindingQuarantinesUntilEachIsAccepted_E1() throws Exception {
    ClassFinding poisoned =
        new ClassFinding(
            new Classification(RiskClass.READ, Set.of()),
            "",
            Set.of(PoisonCode.MODEL_INSTRUCTION, PoisonCode.HIDDEN_TEXT));
    ToolOffer.Withheld offer = withheld(judged("", poisoned), "read");
    assertEquals(WithheldReason.TOOL_QUARANTINED, offer.reason());
    assertTrue(offer.detail().contains("hidden-text, model-instruction"), offer::detail);
    String one = override("findings: [hidden-text]", "alice", DefinitionDigest.of(READ));
    assertTrue(withheld(judged(one, poisoned), "read").detail().contains("model-instruction"));
    String both =
        override("findings: [hidden-text, model-instruction]", "alice", DefinitionDigest.of(READ));
    assertInstanceOf(Served.class, judged(both, poisoned).find("read"));
  }

  @Test
  void suspendedToolIsNeverServed() throws Exception {
    ClassFinding fine = new ClassFinding(new Classification(RiskClass.READ, Set.of()), "");
    for (String state : List.of("quarantined", "retired")) {
      ToolOffer.Withheld offer = withheld(judged(", state: " + state, fine), "read");
      assertEquals(WithheldReason.TOOL_QUARANTINED, offer.reason());
      assertTrue(offer.detail().contains(state), offer::detail);
    }
  }
}
