package dev.mcpguard.policy.opa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.PolicyDecisionPoint;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.policy.EmbeddedPolicy;
import dev.mcpguard.policy.IntentCell;
import dev.mcpguard.policy.Policies;
import dev.mcpguard.policy.PolicyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decision tables in {@code policies/cases} and B2, B3: the engine and a real OPA agree. */
class SamePolicyTest {

  /** One row of a decision table. */
  private record Row(String note, JsonObject row) {
    AuthorizationRequest request() {
      return new AuthorizationRequest(Objects.requireNonNull(row.object("input")));
    }

    void check(Decision decision) {
      assertEquals(
          row.string("decision"), decision instanceof Decision.Permit ? "permit" : "deny", note);
      TreeSet<String> codes = new TreeSet<>();
      for (JsonValue reason : decision.reasons().values()) {
        codes.add(Objects.requireNonNull(((JsonObject) reason).string("code")));
      }
      TreeSet<String> wanted = new TreeSet<>();
      for (JsonValue code : Objects.requireNonNull(row.array("codes")).values()) {
        wanted.add(((JsonString) code).value());
      }
      assertEquals(wanted, codes, note);
      if (!(decision instanceof Decision.Permit)) {
        Decision.Deny deny = assertInstanceOf(Decision.Deny.class, decision, note);
        assertEquals(row.string("reason"), deny.reason().text(), note);
      }
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(Policies.folder().resolve("cases"))) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        for (JsonValue row : ((JsonArray) Policies.read(file)).values()) {
          JsonObject object = (JsonObject) row;
          rows.add(new Row(file.getFileName() + ": " + object.string("note"), object));
        }
      }
    }
    return rows;
  }

  @Test
  void engineDecidesTheTables() throws Exception {
    CompiledPolicies policy = Policies.shipped();
    List<Row> rows = rows();
    assertTrue(rows.size() >= 25);
    rows.forEach(row -> row.check(policy.decide(row.request())));
  }

  @Test
  void realOpaDecidesTheTablesAndEveryCellAsTheEngineB2B3(@TempDir Path folder) throws Exception {
    PolicyFiles files = Policies.shippedFiles();
    String revision = files.revision().text();
    try (RealOpa opa = RealOpa.over(files, folder);
        OpaPolicy remote = new OpaPolicy(opa.settings(), () -> new HeldPolicy(revision, revision))) {
      PolicyDecisionPoint embedded = new EmbeddedPolicy(Policies.shipped());
      for (Row row : rows()) {
        row.check(remote.decide(row.request()));
        assertEquals(embedded.decide(row.request()), remote.decide(row.request()), row.note());
        assertEquals(embedded.visible(row.request()), remote.visible(row.request()), row.note());
      }
      for (IntentCell cell : IntentCell.all()) {
        AuthorizationRequest request = new AuthorizationRequest(cell.input());
        Decision decision = remote.decide(request);
        assertEquals(embedded.decide(request), decision, cell::toString);
        assertEquals(cell.permitted(), decision instanceof Decision.Permit, cell::toString);
      }
    }
  }

  @Test
  void realOpaAcceptsTheShippedPolicyStrictlyAndPassesItsTests() throws Exception {
    String policies = Policies.folder().toString();
    for (String[] command :
        new String[][] {{"check", "--strict", policies}, {"test", "--timeout", "2m", policies}, {"fmt", "--fail", "-l", policies}}) {
      List<String> all = new ArrayList<>(List.of(RealOpa.binary().toString()));
      all.addAll(List.of(command));
      Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
    }
  }

  @Test
  void realOpaOfAnotherRevisionIsUnavailable(@TempDir Path folder) throws Exception {
    try (RealOpa opa = RealOpa.over(Policies.shippedFiles(), folder);
        OpaPolicy remote = new OpaPolicy(opa.settings(), () -> new HeldPolicy("sha256:other", "sha256:other"))) {
      AuthorizationRequest request = new AuthorizationRequest(Policies.permittedCall());
      Decision.Indeterminate decision =
          assertInstanceOf(Decision.Indeterminate.class, remote.decide(request));
      assertEquals(ReasonCode.POLICY_UNAVAILABLE, decision.reason());
      assertEquals(false, remote.visible(request));
    }
  }
}
