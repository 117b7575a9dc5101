package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryLoaderTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @TempDir Path folder;

  private static List<String> refused(String manifest) {
    return assertThrows(ConfigException.class, () -> Manifests.load(manifest)).findings().stream()
        .map(Finding::toString)
        .toList();
  }

  @Test
  void wholeManifestIsRead() throws Exception {
    String yaml = Files.readString(Path.of("src/test/resources/manifests/good/full.yaml"));
    RegistrySnapshot snapshot = Manifests.load(yaml.replace("server: full", "server: files"));
    ServerManifest manifest = Objects.requireNonNull(snapshot.manifest("files"));
    assertEquals("team-payments", manifest.stewardship().owner());
    assertEquals(LocalDate.of(2027, 3, 31), manifest.stewardship().reviewBy());
    assertEquals(Map.of("region", "eu"), manifest.stewardship().labels());
    HttpTransport transport = (HttpTransport) manifest.connection().transport();
    assertEquals(Era.MODERN, transport.era());
    Credential.Bearer bearer = (Credential.Bearer) manifest.connection().credential();
    assertEquals("env:PAYMENTS_TOKEN", bearer.secret().text());

    RegisteredTool pay = Objects.requireNonNull(snapshot.find("files", "create_payment"));
    assertEquals("files/create_payment", pay.id());
    assertEquals("files__create_payment", pay.exposedName().text());
    assertEquals(RiskClass.WRITE, pay.riskClass());
    assertEquals(ToolStatus.APPROVED, pay.status());
    assertEquals(Set.of(Effect.EGRESS), pay.effects());
    assertEquals(Destination.PARTNER, pay.destination());
    assertEquals(Sensitivity.RESTRICTED, pay.sensitivity());
    assertEquals(Duration.ofSeconds(20), pay.limits().timeout());
    assertEquals(new ToolLimits.Rate(60, Duration.ofMinutes(1)), pay.limits().rate());
    assertEquals(2, Objects.requireNonNull(pay.approval()).approvers());
    assertEquals("[/payer/iban, /debug]", pay.redact().toString());
    RegisteredTool draft = Objects.requireNonNull(snapshot.find("files", "draft"));
    assertEquals(ToolStatus.PENDING, draft.status());
    assertNull(snapshot.find("files", "*"));
    assertNull(snapshot.find("files", "nothing"));
    assertNull(snapshot.find("other", "draft"));
  }

  @Test
  void everyFindingOfAFileIsReportedWithItsLine() {
    assertEquals(
        List.of(
            "files.yaml:1: owner: missing; add it",
            "files.yaml:1: schema: not an integer in range; use 1 to 1",
            "files.yaml:2: server: not a server id; " + ServerId.RULE,
            "files.yaml:5: transport.url: not a server url; " + HttpTransport.RULE,
            "files.yaml:6: credential.secret: not a secret reference; " + SecretReference.RULE,
            "files.yaml:7: sensitivity: unknown sensitivity `secret`;"
                + " use public, internal, confidential or restricted",
            "files.yaml:9: tols: unknown field; did you mean `tools`"),
        refused(
                """
                schema: 2
                server: Files
                contact: a
                purpose: b
                transport: {type: http, url: "ftp://x"}
                credential: {type: bearer, secret: sk-live-verysecret}
                sensitivity: secret
                destination: internal
                tols: {}
                """)
            .stream()
            .sorted()
            .toList());
  }

  @Test
  void secretWrittenInsteadOfAReferenceIsNeverRepeated_B3() {
    String manifest = Manifests.HEAD + "credential: {type: bearer, secret: sk-live-verysecret}\n";
    assertFalse(refused(manifest).toString().contains("verysecret"));
    String stdio =
        Manifests.HEAD.replaceFirst(
            "transport:.*",
            "transport: {type: stdio, command: [x], environment: {K: {secret: sk-verysecret}}}");
    assertFalse(refused(stdio).toString().contains("verysecret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a b': {class: read}                       | not a tool name",
        "'tоol': {class: read}                      | not a tool name",
        "'': {class: read}                          | not a tool name",
        "a: {}                                      | class: missing",
        "a: {class: Read}                           | unknown class `Read`",
        "a: {class: read, digest: 'sha256:00'}      | digest: cannot be",
        "a: {class: read, effects: [destroys]}      | unknown effect `destroys`",
        "a: {class: read, redact: [iban]}           | not a json pointer",
        "a: {class: read, limits: {calls: 5}}       | go together",
        "a: {class: read, limits: {timeout: 0s}}    | out of range",
        "a: {class: read, approval: {approvers: 0}} | not an integer in range",
        "'*': {digest: x}                           | not for all tools at once",
        "'*': {arguments: {a: {kind: text, longest: 1}}} | not for all tools at once",
        "'*': {effects: [idempotent]}               | may only raise",
        "a: {class: read, clas: read}               | did you mean `class`",
        "a: {class: read, arguments: {p: {kind: path, allowed: [/a/../b]}}} | not possible here",
        "a: {class: read, arguments: {p: {kind: path}}} | nothing would be allowed",
        "a: {class: read, arguments: {p: {kind: regex}}} | unknown kind `regex`",
        "a: {class: read, arguments: {p: {kind: amount, lowest: 2, highest: 1}}} | above the"
            + " highest",
        "a: {class: read, arguments: {p: {kind: amount, lowest: 1e3, highest: 1}}} | not an amount",
        "a: {class: read, arguments: {p: {kind: sql}}} | class: missing",
        "a: {class: read, arguments: {p: {kind: text, longest: 5}, /p: {kind: text, longest: 5}}}"
            + " | a second rule for this argument",
        "a: {class: read, arguments: {m: {kind: enum, values: [x], classes: {y: read}}}}"
            + " | not one of the values",
      })
  void badToolIsRefused(String tool, String problem) {
    List<String> findings = refused(Manifests.HEAD + "tools:\n  " + tool + "\n");
    assertTrue(findings.toString().contains(problem), findings.toString());
  }

  @Test
  void toolsThatDifferOnlyInCaseAreRefused_E3() {
    List<String> findings =
        refused(Manifests.HEAD + "tools:\n  read: {class: read}\n  Read: {class: read}\n");
    assertTrue(findings.toString().contains("differs from `read` only in case"));
  }

  @Test
  void exposedNameOverTheLimitIsRefused_E3() throws Exception {
    String fits = Manifests.HEAD + "tools:\n  " + "a".repeat(121) + ": {class: read}\n";
    assertNotNull(Manifests.load(fits));
    String tooLong = Manifests.HEAD + "tools:\n  " + "a".repeat(122) + ": {class: read}\n";
    assertTrue(refused(tooLong).toString().contains("exposed name longer than 128"));
  }

  @Test
  void serversThatLookAlikeAreRefused_E3() throws Exception {
    Files.writeString(folder.resolve("files.yaml"), Manifests.HEAD);
    Files.writeString(
        folder.resolve("f1les.yaml"), Manifests.HEAD.replace("server: files", "server: f1les"));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> RegistryLoader.load(folder));
    assertTrue(refused.getMessage().contains("looks like the server"), refused.getMessage());
  }

  @Test
  void fileNameIsTheServerAndNothingIsOverlooked() throws Exception {
    Files.writeString(folder.resolve("README.md"), "not a manifest");
    Files.writeString(folder.resolve("archive.yaml"), Manifests.HEAD);
    ConfigException wrongName =
        assertThrows(ConfigException.class, () -> RegistryLoader.load(folder));
    assertEquals(
        "archive.yaml:2: server: `files` is not the name of the file;"
            + " name the file `files.yaml`",
        wrongName.getMessage());
    Files.move(folder.resolve("archive.yaml"), folder.resolve("files.yml"));
    ConfigException wrongEnding =
        assertThrows(ConfigException.class, () -> RegistryLoader.load(folder));
    assertTrue(wrongEnding.getMessage().startsWith("files.yml: would not be loaded"));
    Files.move(folder.resolve("files.yml"), folder.resolve("files.yaml"));
    assertEquals(1, RegistryLoader.load(folder).manifests().size());
  }

  @Test
  void wildcardOnlyRaises() throws Exception {
    ServerManifest manifest =
        Manifests.files(
            """
            "*": {class: write, effects: [egress], sensitivity: public, destinations: [partner], redact: [/x],
                  limits: {timeout: 10s, calls: 10, per: 1s}, approval: {approvers: 2}}
            low: {class: read, effects: [idempotent], limits: {timeout: 5s, calls: 10, per: 1m}}
            high: {class: admin, destinations: [internet], limits: {timeout: 30s}, approval: {approvers: 1}}
            """);
    RegisteredTool low = Objects.requireNonNull(manifest.tool("low"));
    assertEquals(RiskClass.WRITE, low.riskClass());
    assertEquals(Set.of(Effect.IDEMPOTENT, Effect.EGRESS), low.effects());
    assertEquals(Sensitivity.CONFIDENTIAL, low.sensitivity());
    assertEquals(Destination.PARTNER, low.destination());
    assertEquals(Duration.ofSeconds(5), low.limits().timeout());
    assertEquals(new ToolLimits.Rate(10, Duration.ofMinutes(1)), low.limits().rate());
    assertEquals("[/x]", low.redact().toString());
    RegisteredTool high = Objects.requireNonNull(manifest.tool("high"));
    assertEquals(RiskClass.ADMIN, high.riskClass());
    assertEquals(Destination.INTERNET, high.destination());
    assertEquals(Duration.ofSeconds(10), high.limits().timeout());
    assertEquals(2, Objects.requireNonNull(high.approval()).approvers());
  }

  @Test
  void revisionIsTheContentAndEvidenceGivesTheSameSnapshot() throws Exception {
    String manifest = Manifests.HEAD + "tools:\n  a: {class: read, digest: \"" + DIGEST + "\"}\n";
    RegistrySnapshot snapshot = Manifests.load(manifest);
    assertEquals(snapshot.revision(), Manifests.load("# comment\n" + manifest).revision());
    assertNotEquals(
        snapshot.revision(), Manifests.load(manifest.replace("read", "write")).revision());
    RegistrySnapshot replayed = RegistryLoader.ofEvidence(snapshot.evidence());
    assertEquals(snapshot.revision(), replayed.revision());
    assertEquals(snapshot.find("files", "a"), replayed.find("files", "a"));
  }
}
