package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FieldsTest {
  private static Fields fields(String yaml) throws ConfigException {
    return Fields.of(StrictYaml.parse(yaml, "agents.yaml"));
  }

  private static List<String> rendered(Fields fields) {
    return fields.findings().stream().map(Finding::toString).toList();
  }

  @Test
  void everythingWrittenRightIsRead() throws Exception {
    Fields root =
        fields(
            """
            id: claims-bot
            class: write
            effects: [egress, untrusted-content]
            retries: 3
            strict: false
            timeout: 15m
            review-by: 2026-12-31
            labels: {team: claims}
            purposes:
              audit: {class: read}
              empty:
            """);
    assertEquals("claims-bot", root.text("id"));
    assertEquals(RiskClass.WRITE, root.choice("class", RiskClass.class));
    assertEquals(
        List.of(Effect.EGRESS, Effect.UNTRUSTED_CONTENT), root.choices("effects", Effect.class));
    assertEquals(3, root.integer("retries", 0, 5));
    assertFalse(root.flag("strict", true));
    assertEquals(Duration.ofMinutes(15), root.duration("timeout", Duration.ZERO));
    assertEquals(LocalDate.of(2026, 12, 31), root.optionalDate("review-by"));
    assertEquals(Map.of("team", "claims"), root.textsByName("labels"));
    Map<String, Fields> purposes = root.objectsByName("purposes");
    assertEquals(List.of("audit", "empty"), List.copyOf(purposes.keySet()));
    for (Fields purpose : purposes.values()) {
      purpose.optionalChoice("class", RiskClass.class);
    }
    assertTrue(root.sound());
    root.finish();
  }

  @Test
  void everyProblemIsCollectedWithItsLineAndField() throws Exception {
    Fields root =
        fields(
            """
            id: 7
            ownr: someone

            purposes:
              audit:
                class: Read
              bulk: 5
            retries: 99
            timeout: 15 minutes
            effects:
              - egress
              - Destructive
            """);
    root.text("id");
    root.text("owner");
    for (Fields purpose : root.objectsByName("purposes").values()) {
      purpose.optionalChoice("class", RiskClass.class);
    }
    root.integer("retries", 0, 5);
    root.optionalDuration("timeout");
    root.choices("effects", Effect.class);
    assertEquals(
        List.of(
            "agents.yaml:1: id: expected text, found a number; put it in quotes",
            "agents.yaml:1: owner: missing; add it",
            "agents.yaml:2: ownr: unknown field; did you mean `owner`",
            "agents.yaml:6: purposes.audit.class: unknown class `Read`; use read, write or admin",
            "agents.yaml:7: purposes.bulk: expected fields, found a number;"
                + " write `name: value` lines",
            "agents.yaml:8: retries: not an integer in range; use 0 to 5",
            "agents.yaml:9: timeout: cannot be `15 minutes`;"
                + " write a number and ms, s, m, h or d: `15m`",
            "agents.yaml:12: effects[1]: unknown effect `Destructive`;"
                + " use destructive, idempotent, egress, credential or untrusted-content"),
        rendered(root));
    assertFalse(root.sound());
    ConfigException refused = assertThrows(ConfigException.class, root::finish);
    assertEquals(8, refused.findings().size());
  }

  @Test
  void objectAskedForTwiceIsOneAndItsProblemsStandOnce() throws Exception {
    Fields root =
        fields(
            """
            audit: {folder: log, every: 5, odd: 1}
            servers: [{name: a, port: 1}]
            """);
    for (String name : List.of("folder", "every")) {
      Fields audit = root.object("audit");
      audit.optionalText(name);
      audit.optionalText("every");
    }
    assertEquals("a", root.objects("servers").getFirst().text("name"));
    assertEquals(1, root.objects("servers").getFirst().integer("port", 0, 2));
    root.object("missing");
    root.object("missing");
    List<String> found = rendered(root);
    assertEquals(3, found.size(), found::toString);
    assertTrue(found.stream().anyMatch(line -> line.contains("audit.odd")), found::toString);
    assertTrue(found.stream().anyMatch(line -> line.contains("audit.every")), found::toString);
  }

  @Test
  void soundIsPerObject() throws Exception {
    Fields root = fields("a: {class: read}\nb: {class: none}\n");
    Fields a = root.object("a");
    Fields b = root.object("b");
    a.choice("class", RiskClass.class);
    assertEquals(RiskClass.ADMIN, b.choice("class", RiskClass.class));
    assertTrue(a.sound());
    assertFalse(b.sound());
    assertFalse(root.sound());
  }

  @Test
  void documentThatIsNoMapIsOneFinding() throws Exception {
    assertEquals(
        List.of("agents.yaml:1: expected fields, found a list; write `name: value` lines"),
        rendered(fields("- a\n- b\n")));
  }

  @Test
  void findingIsOneLineWhateverTheFileHolds() throws Exception {
    Fields root = fields("\"a\\nagents.yaml:1: b\": 1\n\"\\u202Ec\": 2\n");
    assertEquals(
        List.of(
            "agents.yaml:1: a\\u000aagents.yaml:1: b: unknown field; remove it",
            "agents.yaml:2: \\u202ec: unknown field; remove it"),
        rendered(root));
  }
}
