package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonPointer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What a manifest says of resources and prompts, whatever their spelling. */
class PrimitiveRulesTest {
  private static final DataExposure SERVER =
      new DataExposure(Sensitivity.INTERNAL, Destination.INTERNAL);
  private static final DataExposure SECRET =
      new DataExposure(Sensitivity.RESTRICTED, Destination.INTERNAL);

  private static final PrimitiveRules RULES =
      new PrimitiveRules(
          List.of(
              rule("file:///srv/*", SERVER, true),
              rule("file:///srv/secret/*", SECRET, true),
              rule("file:///srv/secret/key", SECRET, false)),
          PrimitiveRule.standard(SERVER));

  private static PrimitiveRule rule(String pattern, DataExposure exposure, boolean served) {
    return new PrimitiveRule(
        pattern, RiskClass.READ, exposure, List.of(new JsonPointer("/contents/0/text")), served);
  }

  private static PrimitiveRule of(String uri) {
    return RULES.of(PrimitiveKind.RESOURCE, uri);
  }

  @Test
  void theMostExactPatternWins() {
    assertEquals(Sensitivity.INTERNAL, of("file:///srv/a").exposure().sensitivity());
    assertEquals(Sensitivity.RESTRICTED, of("file:///srv/secret/a").exposure().sensitivity());
    assertFalse(of("file:///srv/secret/key").served());
    assertEquals(RULES.standard(), of("db://other"));
  }

  @Test
  void noSpellingEvadesARule() {
    for (String odd :
        List.of(
            "file:///srv/x/../secret/key",
            "file:///srv/%73ecret/key",
            "file:///srv//secret/key",
            "FILE:///srv/secret/key",
            "file:///srv/./secret/key",
            "file:///srv/secret\\key",
            "file:///srv/secret/key ",
            "file:/../srv/secret/key",
            "file:///srv/ｓecret/key",
            "file:..",
            "file:///srv/{path}")) {
      assertFalse(of(odd).served(), odd);
      assertEquals(Sensitivity.RESTRICTED, of(odd).exposure().sensitivity(), odd);
    }
  }

  @Test
  void promptsAreComparedAsTheyAre() {
    PrimitiveRules prompts =
        new PrimitiveRules(List.of(rule("pay*", SECRET, true)), PrimitiveRule.standard(SERVER));
    assertEquals(SECRET, prompts.of(PrimitiveKind.PROMPT, "pay now").exposure());
    assertEquals(SERVER, prompts.of(PrimitiveKind.PROMPT, "repay").exposure());
  }

  @Test
  void aHostileUriIsJudgedInBoundedTime() {
    String hostile = "a:" + "a/".repeat(1_000_000) + "%";
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> of(hostile));
  }

  @Test
  void exposedUrisAreInjective() {
    ExposedUri exposed = new ExposedUri(new ServerId("files"), "file:///a/{id}?b#c");
    assertEquals("mcpguard:files:file:///a/{id}?b#c", exposed.text());
    assertEquals(exposed, ExposedUri.ofText(exposed.text()));
    ExposedUri nested = new ExposedUri(new ServerId("a"), exposed.text());
    assertEquals(nested, ExposedUri.ofText(nested.text()));
    assertTrue(ExposedUri.ofText("mcpguard:A:x:y") == null);
    for (String none : List.of("", "mcpguard:", "mcpguard:files", "mcpguard:files:", "files:x", "mcpguard::x")) {
      assertNull(ExposedUri.ofText(none), none);
    }
  }
}
