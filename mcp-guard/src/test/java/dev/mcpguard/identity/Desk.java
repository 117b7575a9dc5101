package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A verifier with one strict issuer, one agent and a clock of its own. */
final class Desk {
  static final String ISSUER = "https://login.example.com";
  static final Route ROUTE = new Route("files", "https://guard.example.com/mcp/files");
  static final SigningKey KEY = SigningKey.of("k1", "ES256");

  final FakeClock clock = new FakeClock();
  final AtomicInteger lookups = new AtomicInteger();
  KeySet keys = keys(SigningKey.set("", KEY));
  AgentRegister register = register(agent("reader", "client_id: reader"));
  IssuerKeys issuerKeys = new HeldKeys();
  WorkloadIdentityVerifier verifier = verifier(IssuerSettings.strict(ISSUER));

  /** The keys of the desk, whatever they are now. */
  private final class HeldKeys implements IssuerKeys {
    @Override
    public KeySet current() {
      lookups.incrementAndGet();
      return keys;
    }

    @Override
    public KeySet renewed() {
      return keys;
    }
  }

  WorkloadIdentityVerifier verifier(IssuerSettings... settings) {
    return new WorkloadIdentityVerifier(
        List.of(settings).stream().map(s -> new TrustedIssuer(s, issuerKeys)).toList(),
        () -> register,
        clock,
        new VerificationBudget(1, 1_000, Duration.ofSeconds(20)));
  }

  static KeySet keys(String document) {
    return keys(document, IssuerSettings.Profile.ACCESS_TOKEN);
  }

  static KeySet keys(String document, IssuerSettings.Profile profile) {
    try {
      return KeySet.read(document.getBytes(StandardCharsets.UTF_8), profile);
    } catch (RefusedTokenException bad) {
      throw new IllegalArgumentException(bad);
    }
  }

  static String agent(String id, String claim, String... more) {
    return """
      - id: %s
        owner: Ada Example
        match: {issuer: "%s", claims: {%s}}
        purposes: {audit: {class: read}, repair: {class: write, tools: ["files/*"]}}
        ceiling: write
        sensitivity: confidential
        review-by: 2026-12-31
    """
            .formatted(id, ISSUER, claim)
        + (more.length == 0 ? "" : "    " + String.join("\n    ", more) + "\n");
  }

  static AgentRegister register(String... agents) {
    String text = "schema: 1\nagents:" + (agents.length == 0 ? " []" : "") + "\n";
    try {
      return AgentRegisterReader.read(
          StrictYaml.parse(text + String.join("", agents), "agents.yaml"));
    } catch (ConfigException bad) {
      throw new IllegalArgumentException(bad);
    }
  }

  /** Good claims as of now. */
  JsonObject claims() {
    return SigningKey.json(
        """
        {"iss":"%s","sub":"reader","client_id":"reader","aud":"%s","iat":%d,"exp":%d,"jti":"j1",
         "scope":"mcp:read"}
        """
            .formatted(ISSUER, ROUTE.resource(), clock.seconds(), clock.seconds() + 300));
  }

  /** Good claims with one replaced or added by this JSON text. */
  String claims(String member, String json) {
    return dev.mcpguard.json.JsonText.text(
        claims()
            .with(
                member,
                java.util.Objects.requireNonNull(
                    SigningKey.json("{\"v\":" + json + "}").get("v"))));
  }

  String without(String member) {
    return dev.mcpguard.json.JsonText.text(claims().without(member));
  }

  String good() {
    return KEY.token(dev.mcpguard.json.JsonText.text(claims()));
  }

  Identification verify(String token) {
    return verifier.verify(Credential.bearer(token), ROUTE);
  }

  Principal identified(String token) {
    return identified(verify(token));
  }

  static Principal identified(Identification identification) {
    return assertInstanceOf(
            Identification.Identified.class, identification, String.valueOf(identification))
        .principal();
  }

  /** Asserts the one refusal of a stranger; a good token right after it still passes. */
  void refused(String token, String what) {
    stranger(verify(token), what);
    identified(good());
  }

  static void stranger(Identification identification, String what) {
    Identification.Unidentified refused =
        assertInstanceOf(Identification.Unidentified.class, identification, what);
    assertEquals(ReasonCode.UNAUTHENTICATED, refused.refusal().reason(), what);
    assertFalse(refused.authenticated(), what);
    assertEquals(JsonObject.of(), refused.facts(), what);
    assertEquals(JsonObject.of(), refused.refusal().data(), what);
  }

  static ReasonCode reason(Identification identification) {
    return assertInstanceOf(Identification.Unidentified.class, identification).refusal().reason();
  }
}
