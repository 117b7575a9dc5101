package dev.mcpguard.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a configuration is told with file, line and field, and what to do. */
class CheckCommandTest {
  private static final String MAIN = "mcp-guard.yaml";

  @TempDir Path folder;

  /** One thing that is broken: the file, what it holds instead of what, and what must be said. */
  private record Broken(String file, String from, String to, List<String> said) {}

  private static final List<Broken> TABLE =
      List.of(
          new Broken(MAIN, "agents:", "agent:", List.of("mcp-guard.yaml:4: agent: unknown field; did you mean `agents`")),
          new Broken(MAIN, "agents: agents.yaml", "agents: elsewhere.yaml", List.of("elsewhere.yaml: cannot be read; check that it exists")),
          new Broken(MAIN, "schema: 1", "schema: 2", List.of("mcp-guard.yaml:1: schema: not an integer in range; use 1 to 1")),
          new Broken(MAIN, "schema: 1", "schema: 1\nschema: 1", List.of("mcp-guard.yaml:2: duplicate name `schema`; keep one")),
          new Broken(MAIN, "audit}", "audit", List.of("mcp-guard.yaml:8: not valid yaml")),
          new Broken(MAIN, "agents: agents.yaml", "agents: [agents.yaml]", List.of("mcp-guard.yaml:4: agents: expected text, found a list")),
          new Broken(MAIN, "127.0.0.1:0", "7400", List.of("mcp-guard.yaml:2: front.listen: cannot be used; write `host:port`")),
          new Broken(MAIN, "{folder: audit}", "{folder: audit, checkpoint-every: 10}", List.of("mcp-guard.yaml:7: audit.checkpoint-every: expected text, found a number")),
          new Broken(MAIN, "{folder: audit}", "{folder: audit, checkpoint-every: 10 seconds}", List.of("mcp-guard.yaml:7: audit.checkpoint-every: cannot be `10 seconds`; write a number and ms, s, m, h or d: `15m`")),
          new Broken(MAIN, "{folder: audit}", "{folder: audit, witness: {url: \"https://w.example\"}}", List.of("mcp-guard.yaml:7: audit.witness.key: ", "public key the witness publishes")),
          new Broken(MAIN, "{folder: audit}", "{folder: audit, witness: {url: \"http://w.example\", key: x}}", List.of("audit.witness.url: is not an https URL", "audit.witness.key: cannot be `x`")),
          new Broken(MAIN, "{folder: audit}", "{folder: audit, witness: {}}", List.of("audit.witness.folder: ", "name a `folder`, or a `url`")),
          new Broken(MAIN, "schema: 1", "schema: 1\ntelemetry: {otlp: {endpoint: \"http://collector.example\"}}", List.of("mcp-guard.yaml:2: telemetry.otlp.endpoint: is not an https URL; use https")),
          new Broken(MAIN, "schema: 1", "schema: 1\ntelemetry: {otlp: {endpoint: \"https://c.example\", headers: {Authorization: \"Bearer s3cret\"}}}", List.of("telemetry.otlp.headers.Authorization: cannot be ", "write `env:NAME`")),
          new Broken(MAIN, "schema: 1", "schema: 1\ntelemetry: {otlp: {endpoint: \"https://c.example\", sampling: half, queue: 1, every: 1ms, client-key: k}}", List.of("otlp.sampling: ", "`10%`", "otlp.queue: ", "otlp.every: is too short", "otlp.client-key: a client certificate has a key")),
          new Broken(MAIN, "schema: 1", "schema: 1\nlog: {format: xml, level: loud}", List.of("mcp-guard.yaml:2: log.format: unknown format `xml`; use ", "log.level: unknown level `loud`")),
          new Broken("agents.yaml", "ceiling: admin", "ceiling: root", List.of("agents.yaml:6: ", "ceiling", "`root`")),
          new Broken("agents.yaml", "    owner: tests\n", "", List.of("agents.yaml:3: ", "owner")),
          new Broken("servers/notes.yaml", "class: read", "class: reed", List.of("notes.yaml:10: ", "`reed`")),
          new Broken("servers/notes.yaml", "purpose:", "porpoise:", List.of("notes.yaml:5: porpoise: unknown field; did you mean `purpose`")),
          new Broken("policies/authz.rego", "decision := {", "decision := ", List.of("authz.rego:3")),
          new Broken("policies/authz.rego", "package mcpguard.authz", "packag mcpguard.authz", List.of("authz.rego:1")),
          new Broken("policies/authz.rego", "package mcpguard.authz", "package mcpguard.auth", List.of("policies: does not define `data.mcpguard.authz.decision`; ")));

  @Test
  void aSoundConfigurationIsFoundSound() throws Exception {
    GuardFolder.Outcome outcome = GuardFolder.in(folder).run("check");
    assertEquals(ExitCode.OK, outcome.code(), outcome.text());
  }

  @Test
  void everyMistakeIsToldWithItsPlaceAndWhatToDo() throws Exception {
    for (Broken broken : TABLE) {
      GuardFolder guard = GuardFolder.in(folder);
      Path file = folder.resolve(broken.file());
      String sound = Files.readString(file);
      assertTrue(sound.contains(broken.from()), broken::toString);
      Files.writeString(file, sound.replaceFirst(java.util.regex.Pattern.quote(broken.from()), java.util.regex.Matcher.quoteReplacement(broken.to())));
      GuardFolder.Outcome outcome = guard.run("check");
      assertEquals(ExitCode.CONFIGURATION, outcome.code(), () -> broken + " gave " + outcome.text());
      for (String said : broken.said()) {
        assertTrue(outcome.text().contains(said), () -> broken + " gave " + outcome.text());
      }
      assertTrue(!outcome.text().contains("\tat "), outcome.text());
    }
  }

  @Test
  void aFileThatIsNotThereIsToldByName() {
    GuardFolder.Outcome outcome = new GuardFolder(folder.resolve("none")).run("check");
    assertEquals(ExitCode.CONFIGURATION, outcome.code());
    assertTrue(outcome.text().contains("mcp-guard.yaml: cannot be read"), outcome.text());
  }
}
