package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SPIFFE JWT-SVIDs, and tokens as Keycloak issues them. */
final class IssuerProfilesTest {
  private static final String ID = "spiffe://example.org/ns/agents/reader";

  private final Desk desk = new Desk();

  private void trust(IssuerSettings settings, String match, String more) {
    desk.keys = Desk.keys(SigningKey.set(more, Desk.KEY), settings.profile());
    desk.register =
        Desk.register(Desk.agent("reader", match).replace(Desk.ISSUER, settings.issuer()));
    desk.verifier = desk.verifier(settings);
  }

  private JsonObject svid() {
    return SigningKey.json(
        "{\"sub\":\"%s\",\"aud\":[\"%s\"],\"exp\":%d}"
            .formatted(ID, Desk.ROUTE.resource(), desk.clock.seconds() + 300));
  }

  @Test
  void jwtSvidIdentifiesByItsSubject() {
    trust(IssuerSettings.spiffe("example.org"), "sub: \"" + ID + "\"", ",\"use\":\"jwt-svid\"");
    String claims = JsonText.text(svid());
    for (String header :
        List.of(
            "{\"alg\":\"ES256\",\"kid\":\"k1\"}",
            Desk.KEY.header("JWT"),
            Desk.KEY.header("JOSE"))) {
      Principal principal = desk.identified(Desk.KEY.sign(header, claims));
      assertEquals("spiffe://example.org", principal.key().issuer());
      assertEquals(ID, principal.key().client());
    }
    Desk.stranger(desk.verify(Desk.KEY.token(claims)), "an access token's type");
    String withIssuer =
        JsonText.text(svid().with("iss", new dev.mcpguard.json.JsonString("https://spire")));
    desk.identified(Desk.KEY.sign(Desk.KEY.header("JWT"), withIssuer));
  }

  @Test
  void jwtSvidOfAnotherDomainOrShapeIsRefused() {
    trust(IssuerSettings.spiffe("example.org"), "sub: \"" + ID + "\"", ",\"use\":\"jwt-svid\"");
    for (String subject :
        List.of(
            "spiffe://other.org/ns/agents/reader",
            "spiffe://example.org",
            "spiffe://example.org/",
            "spiffe://EXAMPLE.org/a",
            "SPIFFE://example.org/a",
            "spiffe://example.org/a//b",
            "spiffe://example.org/a/",
            "spiffe://example.org/a/../b",
            "spiffe://example.org/%61",
            "spiffe://example.org/a?b",
            "spiffe://example.org/a#b",
            "spiffe://u@example.org/a",
            "spiffe://example.org:80/a",
            "https://example.org/a",
            "reader",
            "",
            "spiffe://example.org/" + "a".repeat(2048))) {
      String claims = JsonText.text(svid().with("sub", new dev.mcpguard.json.JsonString(subject)));
      Desk.stranger(desk.verify(Desk.KEY.sign(Desk.KEY.header("JWT"), claims)), subject);
    }
    String two = "[\"" + Desk.ROUTE.resource() + "\",\"https://other\"]";
    JsonObject several =
        svid()
            .with(
                "aud",
                java.util.Objects.requireNonNull(SigningKey.json("{\"a\":" + two + "}").get("a")));
    for (JsonObject claims :
        List.of(
            several,
            svid().without("aud"),
            svid().without("exp"),
            svid().with("exp", JsonNumber.of(desk.clock.seconds() + 90_000)),
            svid().with("exp", JsonNumber.of(desk.clock.seconds() - 31)))) {
      Desk.stranger(
          desk.verify(Desk.KEY.sign(Desk.KEY.header("JWT"), JsonText.text(claims))),
          "claims " + claims.members().keySet());
    }
    desk.identified(Desk.KEY.sign(Desk.KEY.header("JWT"), JsonText.text(svid())));
  }

  @Test
  void a9KeysOfABundleAndOfAnIssuerAreKeptApart() {
    IssuerSettings.Profile svid = IssuerSettings.Profile.JWT_SVID;
    assertThrows(
        IllegalArgumentException.class, () -> Desk.keys(SigningKey.set("", Desk.KEY), svid));
    SigningKey authority = SigningKey.of("x", "ES256");
    String bundle =
        SigningKey.set(",\"use\":\"jwt-svid\"", Desk.KEY)
            .replace(
                "]}",
                ","
                    + authority.jwk().toJSONString().replace("}", ",\"use\":\"x509-svid\"}")
                    + "],\"spiffe_sequence\":1,\"spiffe_refresh_hint\":300}");
    KeySet set = Desk.keys(bundle, svid);
    assertNotNull(set.find("k1"));
    assertNull(set.find("x"));
    // A JWT-SVID never names an issuer of access tokens, whatever its subject says.
    desk.register = Desk.register(Desk.agent("reader", "sub: \"" + ID + "\""));
    Desk.stranger(
        desk.verify(Desk.KEY.sign(Desk.KEY.header("JWT"), JsonText.text(svid()))),
        "not configured");
  }

  @Test
  void keycloakTokenIsTakenByExplicitSettingsOnly() {
    // As Keycloak 26 issues it for client credentials: typ JWT, azp instead of client_id.
    String claims =
        """
        {"exp":%d,"iat":%d,"jti":"trrtcc:0f5b","iss":"%s","aud":"%s","sub":"9a3e7c1c-5d1b",
         "typ":"Bearer","azp":"invoice-agent","acr":"1","realm_access":{"roles":["offline_access"]},
         "scope":"mcp:read email","clientHost":"10.0.0.7","email_verified":false,
         "preferred_username":"service-account-invoice-agent"}
        """
            .formatted(
                desk.clock.seconds() + 300,
                desk.clock.seconds(),
                Desk.ISSUER,
                Desk.ROUTE.resource());
    String token = Desk.KEY.sign(Desk.KEY.header("JWT"), claims);
    Desk.stranger(desk.verify(token), "strict");
    IssuerSettings settings =
        new IssuerSettings(
            Desk.ISSUER,
            Set.of("ES256"),
            Set.of("jwt"),
            "azp",
            true,
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            false,
            null);
    desk.register = Desk.register(Desk.agent("invoices", "azp: invoice-agent"));
    desk.verifier = desk.verifier(settings);
    Principal principal = desk.identified(token);
    assertEquals("invoices", principal.agent().id());
    assertEquals("invoice-agent", principal.key().client());
    assertEquals(Set.of("mcp:read", "email"), principal.scopes());
  }

  @Test
  void settingsThatWouldTrustTooMuchCannotBeMade() {
    IssuerSettings s = IssuerSettings.strict("i");
    for (String bad : List.of("HS256", "none", "")) {
      assertThrows(
          IllegalArgumentException.class, () -> settings(s, Set.of(bad), s.skew(), s.skew()));
    }
    assertThrows(IllegalArgumentException.class, () -> settings(s, Set.of(), s.skew(), s.skew()));
    for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(301))) {
      assertThrows(
          IllegalArgumentException.class, () -> settings(s, s.algorithms(), skew, s.skew()));
    }
    assertThrows(
        IllegalArgumentException.class, () -> settings(s, s.algorithms(), s.skew(), Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> IssuerSettings.spiffe("Example.org/a"));
  }

  private static IssuerSettings settings(
      IssuerSettings base, Set<String> algorithms, Duration skew, Duration longest) {
    return new IssuerSettings(
        base.issuer(),
        algorithms,
        base.types(),
        base.clientClaim(),
        true,
        longest,
        skew,
        false,
        null);
  }
}
