package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Principal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The claims and header tables of RFC 9068 tokens. */
final class AccessTokenTest {
  private final Desk desk = new Desk();

  @Test
  void goodTokenIdentifiesTheAgent() {
    Principal principal = desk.identified(desk.good());
    assertEquals("reader", principal.agent().id());
    assertEquals("jwt", principal.authenticatedBy());
    assertEquals(Set.of("mcp:read"), principal.scopes());
    assertEquals(Desk.ISSUER, principal.key().issuer());
  }

  @Test
  void a1PresentationFlawsAreRefused() {
    String good = desk.good();
    List<Credential> bad =
        List.of(
            Credential.none(),
            new Credential("basic", good, null, "POST", "", null, null),
            new Credential("", good, null, "POST", "", null, null),
            new Credential("bearer", good, null, "POST", "", null, "two authorization headers"),
            Credential.bearer(" " + good),
            Credential.bearer(good + " "),
            Credential.bearer(good + "\t"),
            Credential.bearer("bearer " + good),
            Credential.bearer("x".repeat(64 << 10)));
    for (Credential credential : bad) {
      Desk.stranger(desk.verifier.verify(credential, Desk.ROUTE), credential.toString());
    }
    desk.identified(good);
  }

  @Test
  void a2UnsignedAndCutTokensAreRefused() {
    String claims = JsonText.text(desk.claims());
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      String header = "{\"typ\":\"at+jwt\",\"alg\":\"" + none + "\",\"kid\":\"k1\"}";
      String unsigned = SigningKey.base64(header) + "." + SigningKey.base64(claims) + ".";
      desk.refused(unsigned, none);
      desk.refused(unsigned + "AA", none);
      desk.refused(Desk.KEY.sign(header, claims), none);
    }
    String good = desk.good();
    for (int cut = 0; cut < good.length(); cut += 1 + cut % 7) {
      Desk.stranger(desk.verify(good.substring(0, cut)), "cut at " + cut);
    }
    int dot = good.lastIndexOf('.');
    desk.refused(good.substring(0, dot), "two segments");
    desk.refused(good + ".", "four segments");
    desk.refused(good + "." + good, "six segments");
    desk.refused(good.substring(good.indexOf('.')), "no header");
  }

  @Test
  void a3PublicKeyIsNoHmacSecret() throws GeneralSecurityException {
    SigningKey rsa = SigningKey.of("r1", "RS256");
    desk.keys = Desk.keys(SigningKey.set("", Desk.KEY, rsa));
    byte[] der = rsa.pair().getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    byte[] modulus =
        ((java.security.interfaces.RSAPublicKey) rsa.pair().getPublic()).getModulus().toByteArray();
    List<byte[]> secrets =
        List.of(
            der,
            pem.getBytes(StandardCharsets.UTF_8),
            rsa.jwk().toJSONString().getBytes(StandardCharsets.UTF_8),
            modulus);
    String input =
        SigningKey.base64("{\"typ\":\"at+jwt\",\"alg\":\"HS256\",\"kid\":\"r1\"}")
            + "."
            + SigningKey.base64(JsonText.text(desk.claims()));
    for (byte[] secret : secrets) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      String tag = SigningKey.base64(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
      desk.refused(input + "." + tag, "an hmac");
    }
    desk.identified(rsa.token(JsonText.text(desk.claims())));
  }

  @Test
  void a4A11HeaderMembersThatCarryKeysOrExtensionsAreRefused() {
    String claims = JsonText.text(desk.claims());
    for (String member :
        List.of(
            "\"crit\":[\"exp\"]",
            "\"crit\":[]",
            "\"b64\":false",
            "\"jku\":\"http://127.0.0.1:1/\"",
            "\"x5u\":\"http://127.0.0.1:1/\"",
            "\"x5c\":[\"AA\"]",
            "\"zip\":\"DEF\"",
            "\"enc\":\"A128GCM\"",
            "\"cty\":\"JWT\"",
            "\"jwk\":" + Desk.KEY.jwk().toJSONString(),
            "\"kid\":\"k1\"",
            "\"x5t\":5",
            "\"unknown\":\"x\"")) {
      String header = "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"k1\"," + member + "}";
      desk.refused(Desk.KEY.sign(header, claims), member);
    }
    for (String type :
        List.of(
            "JWT",
            "jwt",
            "",
            "oauth-id-jag+jwt",
            "txntoken+jwt",
            "dpop+jwt",
            "at+jwt ",
            "application/application/at+jwt",
            "logout+jwt")) {
      desk.refused(Desk.KEY.sign(Desk.KEY.header(type), claims), type);
    }
    desk.refused(Desk.KEY.sign("{\"alg\":\"ES256\",\"kid\":\"k1\"}", claims), "no type");
    desk.refused(Desk.KEY.sign(Desk.KEY.header("at+jwt"), "\"" + desk.good() + "\""), "nested");
    desk.identified(Desk.KEY.sign(Desk.KEY.header("application/AT+jwt"), claims));
  }

  @Test
  void a5KeyIdIsAnOpaqueName() {
    for (String kid :
        List.of(
            "../k1",
            "k1\\u0000",
            "' or 1=1 --",
            "http://127.0.0.1:1/k1",
            "K1",
            " k1",
            "k1 ",
            "",
            "/dev/null",
            "x".repeat(10_000),
            "x".repeat(1 << 20))) {
      String header = "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
      desk.refused(Desk.KEY.sign(header, JsonText.text(desk.claims())), "kid " + kid.length());
    }
  }

  @Test
  void a8AudienceIsExact() {
    String own = Desk.ROUTE.resource();
    for (String audience :
        List.of(
            "\"https://guard.example.com/mcp/notes\"",
            "\"" + own + "/\"",
            "\"" + own + "#\"",
            "\"" + own.toUpperCase(java.util.Locale.ROOT) + "\"",
            "\"https://guard.example.com/mcp\"",
            "\"" + own + "x\"",
            "[]",
            "[[\"" + own + "\"]]",
            "{\"" + own + "\":1}",
            "null",
            "5",
            "\"\"",
            "[\"" + own + "\",5]",
            "\"" + own + " https://other\"")) {
      desk.refused(Desk.KEY.token(desk.claims("aud", audience)), audience);
    }
    desk.refused(Desk.KEY.token(desk.without("aud")), "no audience");
    String several = Desk.KEY.token(desk.claims("aud", "[\"https://other\",\"" + own + "\"]"));
    desk.identified(several);
    IssuerSettings s = IssuerSettings.strict(Desk.ISSUER);
    desk.verifier =
        desk.verifier(
            new IssuerSettings(
                s.issuer(),
                s.algorithms(),
                s.types(),
                s.clientClaim(),
                true,
                s.longestLifetime(),
                s.skew(),
                true,
                null));
    desk.refused(several, "several audiences where one is demanded");
  }

  @Test
  void a9KeysBelongToTheirIssuer() {
    SigningKey one = SigningKey.of("same", "ES256");
    SigningKey two = SigningKey.of("same", "ES256");
    desk.register = Desk.register(Desk.agent("reader", "client_id: reader"));
    WorkloadIdentityVerifier both =
        new WorkloadIdentityVerifier(
            List.of(issuer(Desk.ISSUER, one), issuer("https://two.example.com", two)),
            () -> desk.register,
            desk.clock);
    String second = desk.claims("iss", "\"https://two.example.com\"");
    Desk.identified(bearer(both, one.token(JsonText.text(desk.claims()))));
    Desk.stranger(bearer(both, two.token(JsonText.text(desk.claims()))), "two's key, one's name");
    Desk.stranger(bearer(both, one.token(second)), "one's key, two's name");
    // The right key and name of an issuer none of whose agents is registered.
    assertEquals(
        dev.mcpguard.model.ReasonCode.AGENT_UNREGISTERED,
        Desk.reason(bearer(both, two.token(second))));
    Desk.stranger(bearer(both, one.token(desk.without("iss"))), "no issuer");
  }

  private static dev.mcpguard.model.Identification bearer(
      WorkloadIdentityVerifier verifier, String token) {
    return verifier.verify(Credential.bearer(token), Desk.ROUTE);
  }

  private static TrustedIssuer issuer(String name, SigningKey key) {
    KeySet set = Desk.keys(SigningKey.set("", key));
    return new TrustedIssuer(
        IssuerSettings.strict(name),
        new IssuerKeys() {
          @Override
          public KeySet current() {
            return set;
          }

          @Override
          public KeySet renewed() {
            return set;
          }
        });
  }

  @Test
  void a17IdentityComesFromTheTokenAlone() {
    desk.register =
        Desk.register(
            Desk.agent("reader", "client_id: reader"), Desk.agent("boss", "client_id: boss"));
    String claims = desk.claims("agent_id", "\"boss\"");
    assertEquals("reader", desk.identified(Desk.KEY.token(claims)).agent().id());
    Credential credential =
        new Credential("bearer", desk.good(), "boss", "boss", "https://boss", "boss", null);
    Principal principal = Desk.identified(desk.verifier.verify(credential, Desk.ROUTE));
    assertEquals("reader", principal.agent().id());
  }

  @Test
  void a18ClaimsAreNeverCoerced() {
    for (String claim : List.of("sub", "client_id", "jti", "iss")) {
      for (String value :
          List.of(
              "5",
              "[\"reader\"]",
              "\"\"",
              "\" \"",
              "null",
              "true",
              "{\"reader\":1}",
              "\"rea\\u0000der\"",
              "\"reader\\n\"",
              "\"" + "r".repeat(600) + "\"")) {
        desk.refused(Desk.KEY.token(desk.claims(claim, value)), claim + " " + value);
      }
      desk.refused(Desk.KEY.token(desk.without(claim)), "no " + claim);
    }
    for (String scope :
        List.of("[\"mcp:read\"]", "5", "null", "{}", "\"mcp:read\\tmcp:admin\"", "\"\\u00a0\"")) {
      desk.refused(Desk.KEY.token(desk.claims("scope", scope)), "scope " + scope);
    }
    for (String details : List.of("[]", "{}", "\"x\"", "[5]", "[{}]", "[{\"type\":5}]")) {
      desk.refused(Desk.KEY.token(desk.claims("authorization_details", details)), details);
    }
    desk.refused(Desk.KEY.token(desk.claims("x", "[".repeat(50) + "]".repeat(50))), "deep");
    desk.refused(Desk.KEY.token(desk.claims("x", "\"" + "x".repeat(200_000) + "\"")), "huge");
    String twice = JsonText.text(desk.claims());
    desk.refused(
        Desk.KEY.token(twice.substring(0, twice.length() - 1) + ",\"sub\":\"boss\"}"), "duplicate");
    assertTrue(desk.identified(Desk.KEY.token(desk.claims("scope", "\"\""))).scopes().isEmpty());
  }
}
