package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code agents.yaml}, matching, and delegation (threat A19). */
final class AgentRegisterTest {
  private static final String GOOD =
      "schema: 1\nagents:\n" + Desk.agent("reader", "client_id: reader", "default-purpose: audit");

  private final Desk desk = new Desk();

  private static String findings(String text) {
    return assertThrows(
            ConfigException.class,
            () -> AgentRegisterReader.read(StrictYaml.parse(text, "agents.yaml")),
            text)
        .getMessage();
  }

  @Test
  void registerIsReadAndItsRevisionFollowsItsContent() throws ConfigException {
    AgentRegister one = AgentRegisterReader.read(StrictYaml.parse(GOOD, "agents.yaml"));
    Agent agent = one.entries().get(0).agent();
    assertEquals("audit", agent.defaultPurpose());
    assertEquals(Agent.State.ACTIVE, agent.state());
    assertEquals(
        new Agent.Purpose(RiskClass.WRITE, Set.of("files/*")), agent.purposes().get("repair"));
    AgentRegister same =
        AgentRegisterReader.read(StrictYaml.parse("# comment\n" + GOOD, "other.yaml"));
    assertEquals(one.revision(), same.revision());
    AgentRegister changed =
        AgentRegisterReader.read(
            StrictYaml.parse(GOOD.replace("ceiling: write", "ceiling: read"), "agents.yaml"));
    assertNotEquals(one.revision(), changed.revision());
  }

  @Test
  void everyFindingNamesFileLineAndWhatWasMeant() {
    Map<String, List<String>> table =
        Map.ofEntries(
            Map.entry("owner: Ada", List.of("ower: Ada", "agents.yaml:4", "owner")),
            Map.entry("ceiling: write", List.of("ceiling: wirte", "agents.yaml:7", "write")),
            Map.entry("sensitivity: c", List.of("sensitivty: c", "agents.yaml:8", "sensitivity")),
            Map.entry("2026-12-31", List.of("2026-02-30", "agents.yaml:9", "date")),
            Map.entry("review-by: ", List.of("reviewby: ", "agents.yaml:9", "review-by")),
            Map.entry("id: reader", List.of("id: \"re ader\"", "agents.yaml:3", "spelling")),
            Map.entry(
                "default-purpose: audit",
                List.of("default-purpose: adit", "agents.yaml:10", "not among")),
            Map.entry("{client_id: reader}", List.of("{}", "agents.yaml:5", "at least one claim")),
            Map.entry("client_id: reader", List.of("client_id: 5", "agents.yaml:5", "text")),
            Map.entry("[\"files/*\"]", List.of("[]", "agents.yaml:6", "is empty")),
            Map.entry("\"files/*\"", List.of("\"files/*x\"", "agents.yaml:6", "no tool")),
            Map.entry("{audit:", List.of("{\"au dit\":", "agents.yaml:6", "nobody can declare")),
            Map.entry("schema: 1", List.of("schema: 2", "agents.yaml:1", "schema")),
            Map.entry("agents:", List.of("agnets:", "agents.yaml:2", "agents")));
    table.forEach(
        (good, bad) -> {
          assertTrue(GOOD.contains(good), good);
          String message =
              findings(
                  GOOD.replaceFirst(
                      java.util.regex.Pattern.quote(good),
                      java.util.regex.Matcher.quoteReplacement(bad.get(0))));
          assertTrue(message.contains(bad.get(1)) && message.contains(bad.get(2)), message);
        });
  }

  @Test
  void twoAgentsNoTokenCanTellApartAreAFinding() {
    String one = Desk.agent("reader", "client_id: reader");
    String head = "schema: 1\nagents:\n";
    assertTrue(findings(head + one + one).contains("two agents have the id"));
    assertTrue(findings(head + one + Desk.agent("other", "client_id: reader")).contains("match"));
    assertTrue(
        findings(head + one + Desk.agent("other", "client_id: reader, sub: x"))
            .contains("name a claim by which they differ"));
  }

  @Test
  void claimsMatchExactlyAndAmbiguityRefuses() {
    desk.register =
        Desk.register(Desk.agent("a", "client_id: reader"), Desk.agent("b", "sub: reader"));
    assertEquals(ReasonCode.AGENT_UNREGISTERED, Desk.reason(desk.verify(desk.good())));
    for (String claim :
        List.of(
            "client_id: Reader",
            "client_id: reade",
            "client_id: \"reader \"",
            "azp: reader",
            "iat: \"" + desk.clock.seconds() + "\"")) {
      desk.register = Desk.register(Desk.agent("a", claim));
      assertEquals(ReasonCode.AGENT_UNREGISTERED, Desk.reason(desk.verify(desk.good())), claim);
    }
    desk.register = Desk.register(Desk.agent("a", "client_id: reader").replace("login.", "two."));
    assertEquals(ReasonCode.AGENT_UNREGISTERED, Desk.reason(desk.verify(desk.good())));
  }

  private String acting(String act) {
    return Desk.KEY.token(desk.claims("act", act));
  }

  @Test
  void a19ChainIsReadCurrentActorFirst() {
    desk.register =
        Desk.register(
            Desk.agent("reader", "client_id: reader"),
            Desk.agent("x", "sub: x"),
            Desk.agent("y", "sub: y"));
    Principal principal = desk.identified(acting("{\"sub\":\"x\",\"act\":{\"sub\":\"y\"}}"));
    assertEquals(
        List.of(new Principal.Delegate(null, "x"), new Principal.Delegate(null, "y")),
        principal.delegation());
    assertTrue(desk.identified(desk.good()).delegation().isEmpty());
  }

  @Test
  void a19MalformedCyclicDeepOrUnknownChainsAreRefused() {
    String deep = "{\"sub\":\"x0\"}";
    StringBuilder agents = new StringBuilder(Desk.agent("reader", "client_id: reader"));
    for (int i = 0; i < 6; i++) {
      agents.append(Desk.agent("x" + i, "sub: x" + i));
      deep = i == 0 ? deep : "{\"sub\":\"x" + i + "\",\"act\":" + deep + "}";
    }
    agents.append(Desk.agent("off", "sub: off", "state: disabled"));
    desk.register = Desk.register(agents.toString());
    for (String act :
        List.of(
            deep,
            "null",
            "\"x0\"",
            "[]",
            "{}",
            "{\"sub\":5}",
            "{\"sub\":\"\"}",
            "{\"sub\":\"x0\",\"iss\":5}",
            "{\"sub\":\"x0\",\"act\":{\"sub\":\"x0\"}}",
            "{\"sub\":\"x0\",\"act\":{\"iss\":\"" + Desk.ISSUER + "\",\"sub\":\"x0\"}}",
            "{\"sub\":\"reader\"}",
            "{\"sub\":\"x0\",\"act\":null}",
            "{\"sub\":\"nobody\"}",
            "{\"sub\":\"x0\",\"iss\":\"https://other\"}",
            "{\"sub\":\"off\"}",
            "{\"sub\":\"x0\",\"act\":{\"sub\":\"off\"}}",
            "{\"sub\":\"x\\u0000\"}")) {
      assertEquals(ReasonCode.DELEGATION_INVALID, Desk.reason(desk.verify(acting(act))), act);
    }
    desk.identified(acting("{\"sub\":\"x0\",\"act\":{\"sub\":\"x1\"}}"));
  }

  @Test
  void a19RightIsTheIntersectionOfTheWholeChain() {
    String strong = Desk.agent("strong", "sub: strong").replace("ceiling: write", "ceiling: admin");
    String weak =
        Desk.agent("weak", "sub: weak")
            .replace("ceiling: write", "ceiling: read")
            .replace("confidential", "internal")
            .replace("[\"files/*\"]", "[\"files/fix\", \"notes/x\"]")
            .replace("audit: {class: read}, ", "")
            .replace("2026-12-31", "2026-11-30");
    desk.register =
        Desk.register(
            Desk.agent("reader", "client_id: reader", "default-purpose: audit"), strong, weak);
    Agent alone = desk.identified(desk.good()).agent();
    assertEquals(alone, desk.identified(acting("{\"sub\":\"strong\"}")).agent());
    Agent narrowed =
        desk.identified(acting("{\"sub\":\"strong\",\"act\":{\"sub\":\"weak\"}}")).agent();
    assertEquals("reader", narrowed.id());
    assertEquals(RiskClass.READ, narrowed.ceiling());
    assertEquals(Sensitivity.INTERNAL, narrowed.sensitivity());
    assertEquals(
        Map.of("repair", new Agent.Purpose(RiskClass.WRITE, Set.of("files/fix"))),
        narrowed.purposes());
    assertNull(narrowed.defaultPurpose());
    desk.clock.set(java.time.Instant.parse("2026-12-01T00:00:00Z"));
    assertEquals(ReasonCode.AGENT_OVERDUE, Desk.reason(desk.verify(acting("{\"sub\":\"weak\"}"))));
    assertFalse(desk.identified(desk.good()).agent().purposes().isEmpty());
  }
}
