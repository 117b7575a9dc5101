package dev.mcpguard.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.audit.note.Cosigner;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.RequestObserver;
import dev.mcpguard.model.RequestReport;
import dev.mcpguard.model.RequestTarget;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.WitnessEndpoint;
import dev.mcpguard.policy.CompiledPolicies;
import dev.mcpguard.publish.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issuer, OPA, witness and collector with certificates of an authority the JDK does not know, by
 * configuration: reached with {@code authorities}, not without it and not with another's.
 */
class AuthoritiesTest {
  private static final String KEYS =
      """
      {"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","alg":"EdDSA","use":"sig",\
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""";

  @TempDir Path folder = Path.of("");
  private HttpsStandIn theirs;
  private HttpsStandIn others;

  @BeforeEach
  void start() throws Exception {
    theirs = HttpsStandIn.start(folder, "theirs");
    others = HttpsStandIn.start(folder, "others");
  }

  @AfterEach
  void stop() {
    theirs.close();
    others.close();
  }

  private GuardConfiguration configured(String more) throws Exception {
    Path file = folder.resolve("mcp-guard.yaml");
    Files.writeString(file, "schema: 1\nfront: {listen: \"127.0.0.1:0\"}\n" + more);
    return ConfigurationReader.read(file);
  }

  /** The authorities that must not do, as lines of configuration: none but the JDK's, another's. */
  private List<String> wrong() {
    return List.of("", trusting(others));
  }

  private static String trusting(HttpsStandIn server) {
    return "authorities: " + server.authority().getFileName() + "\n";
  }

  private boolean keysAvailable(String url, String authorities) throws Exception {
    GuardConfiguration configuration =
        configured(
            authorities + "issuers: [{issuer: \"https://issuer.example\", keys: {url: \"" + url
                + "\"}}]\n");
    return GuardSources.issuers(configuration, InstantSource.system()).getFirst().keysAvailable();
  }

  @Test
  void issuersKeysComeFromWhomTheFileNamesAndFromNobodyElse() throws Exception {
    theirs.answering(KEYS);
    assertTrue(keysAvailable(theirs.url(), trusting(theirs)));
    for (String authorities : wrong()) {
      assertFalse(keysAvailable(theirs.url(), authorities), authorities);
    }
    assertFalse(keysAvailable(theirs.addressUrl(), trusting(theirs)), "a name it does not bear");
    assertEquals(List.of("/"), theirs.paths());
  }

  private Decision decided(String authorities) throws Exception {
    Files.createDirectories(folder.resolve("policies"));
    Files.writeString(
        folder.resolve("policies/authz.rego"),
        "package mcpguard.authz\n\ndecision := {\"decision\": false, \"context\": {\"reasons\": []}}\n");
    GuardConfiguration configuration =
        configured(
            authorities
                + "development-issuer: issuer\npolicy: {folder: policies, deadline: 20s, opa: {url: \""
                + theirs.url() + "\"}}\n");
    CompiledPolicies policies =
        CompiledPolicies.compile(
            PolicyAtHand.of(configuration.policy()).files(), Duration.ofSeconds(20));
    theirs.answering(
        "{\"result\":{\"decision\":true,\"context\":{\"reasons\":[],\"obligations\":[]}},"
            + "\"provenance\":{\"bundles\":{\"b\":{\"revision\":\"" + policies.revision() + "\"}}}}");
    try (DecisionPoint point = new DecisionPoint(configuration.policy())) {
      point.use(policies);
      return point.decide(new AuthorizationRequest(JsonObject.of()));
    }
  }

  @Test
  void aRemoteOpaDecidesOnlyIfTheFileNamesItsAuthority() throws Exception {
    assertInstanceOf(Decision.Permit.class, decided(trusting(theirs)));
    for (String authorities : wrong()) {
      Decision.Indeterminate none =
          assertInstanceOf(Decision.Indeterminate.class, decided(authorities), authorities);
      assertEquals(ReasonCode.POLICY_UNAVAILABLE, none.reason());
    }
    assertEquals(1, theirs.paths().size());
  }

  private WitnessEndpoint witness(String authorities) throws Exception {
    Cosigner cosigner = new Cosigner(NoteSigner.of("witness.example/w1", new byte[32]));
    GuardConfiguration configuration =
        configured(
            authorities + "development-issuer: issuer\naudit: {witness: {url: \"" + theirs.url()
                + "\", key: \"" + cosigner.verifier().text() + "\"}}\n");
    return WitnessLink.of(Objects.requireNonNull(configuration.witness()));
  }

  @Test
  void aWitnessIsAskedOnlyIfTheFileNamesItsAuthority() throws Exception {
    theirs.answering("a note");
    try (WitnessEndpoint endpoint = witness(trusting(theirs))) {
      assertEquals("a note", endpoint.newest("mcp-guard/guard"));
    }
    for (String authorities : wrong()) {
      try (WitnessEndpoint endpoint = witness(authorities)) {
        IOException refused =
            assertThrows(IOException.class, () -> endpoint.newest("mcp-guard/guard"));
        assertTrue(String.valueOf(refused.getMessage()).contains("SSL"), refused.getMessage());
      }
    }
    assertEquals(1, theirs.paths().size());
  }

  private GuardConfiguration collected(String root, String own) throws Exception {
    return configured(
        root + "development-issuer: issuer\ntelemetry:\n  otlp: {endpoint: \"" + theirs.url()
            + "\", every: 1s, timeout: 5s" + own + "}\n");
  }

  private static void observe(Telemetry telemetry) {
    RequestObserver.Observation observation =
        telemetry.begin(
            new RequestFacts(
                "01J", "http", new Route("files", "https://guard/mcp/files"), Credential.none(),
                ProtocolVersion.LATEST_MODERN, "tools/call", JsonNumber.of(1), Instant.EPOCH, 10,
                "127.0.0.1", null, JsonObject.of(), JsonObject.of()));
    Refusal refusal =
        new Refusal(ReasonCode.TOOL_UNKNOWN, Fate.NOT_FORWARDED, "", JsonObject.of());
    observation.ended(
        new RequestReport(
            new RequestTarget("tool", "files", "echo"), "read", "deny", "keeper",
            new Answer.Refused("01J", refusal, null), 1_000));
  }

  private static void await(BooleanSupplier condition, String what) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      Thread.sleep(20);
    }
  }

  @Test
  void aCollectorGetsSpansAndMetricsIfItsAuthorityIsNamedAtTheRootOrInItsSection() throws Exception {
    String own = ", authorities: " + theirs.authority().getFileName();
    for (GuardConfiguration configuration :
        List.of(
            collected(trusting(theirs), ""), collected("", own), collected(trusting(others), own))) {
      int before = theirs.paths().size();
      try (Observers observers = Observers.open(configuration, () -> null)) {
        Telemetry telemetry = Objects.requireNonNull(observers.telemetry());
        observe(telemetry);
        await(() -> telemetry.spansSent() == 1, "no span was sent");
        assertEquals(0, telemetry.spansFailed());
      }
      List<String> now = theirs.paths().subList(before, theirs.paths().size());
      assertTrue(now.contains("/v1/traces") && now.contains("/v1/metrics"), now::toString);
    }
  }

  @Test
  void aCollectorWithAnothersCertificateGetsNothingIsCountedAndSaidOnce() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Logger library = Logger.getLogger("io.opentelemetry");
    Handler listening =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getLevel() + " " + line.getMessage() + " " + line.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    library.addHandler(listening);
    try {
      for (String authorities : wrong()) {
        said.clear();
        try (Observers observers = Observers.open(collected(authorities, ""), () -> null)) {
          Telemetry telemetry = Objects.requireNonNull(observers.telemetry());
          observe(telemetry);
          await(() -> telemetry.spansFailed() == 1, "the lost span was not counted");
          assertEquals(0, telemetry.spansSent());
        }
        assertTrue(
            said.stream().anyMatch(line -> line.startsWith("SEVERE") && line.contains("PKIX")),
            said::toString);
      }
    } finally {
      library.removeHandler(listening);
    }
    assertEquals(List.of(), theirs.paths());
  }

  @Test
  void doctorNamesTheCertificateThatIsNotAccepted() throws Exception {
    String symptoms = NetworkDiagnosis.of(collected(trusting(theirs), "")).toString();
    assertTrue(symptoms.contains("with a trusted certificate"), symptoms);
    for (String authorities : wrong()) {
      String found = NetworkDiagnosis.of(collected(authorities, "")).toString();
      assertTrue(found.contains("is not accepted"), found);
      assertTrue(found.contains("`authorities`"), found);
    }
  }

  @Test
  void aFileThatHoldsNoCertificateIsRefusedByNameBeforeAnythingIsAsked() throws Exception {
    Files.writeString(folder.resolve("empty-ca.pem"), "");
    Files.writeString(folder.resolve("broken-ca.pem"), "-----BEGIN CERTIFICATE-----\nxyz\n");
    for (String name : List.of("empty-ca.pem", "broken-ca.pem", "absent-ca.pem")) {
      GuardConfiguration configuration = collected("authorities: " + name + "\n", "");
      ConfigException refused =
          assertThrows(
              ConfigException.class, () -> Observers.open(configuration, () -> null), name);
      assertTrue(String.valueOf(refused.getMessage()).contains(name), refused.getMessage());
      assertTrue(
          Checkup.of(configuration).findings().toString().contains(name), "`check` does not say so");
    }
  }
}
