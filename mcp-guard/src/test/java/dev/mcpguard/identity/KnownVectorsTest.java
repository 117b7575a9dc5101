package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Published vectors kept here, for a checkout without the shared corpora (threats A2, A3, A4, A12).
 */
final class KnownVectorsTest {
  /** RFC 7515, appendix A.3. */
  private static final String ES256_KEY =
      "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
          + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

  private static final String ES256 =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNv"
          + "bS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8IS"
          + "lSApmWQxfKTUJqPP3-Kg6NU1Q";

  /** RFC 8037, appendix A.4. */
  private static final String EDDSA_KEY =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

  private static final String EDDSA =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg"
          + "3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

  /** Project Wycheproof, group es256: the key, the valid vector 18 and what was made of it. */
  private static final String WYCHEPROOF_KEY =
      "{\"kty\":\"EC\",\"alg\":\"ES256\",\"use\":\"sig\",\"crv\":\"P-256\",\"kid\":\"kid-ec-sign\","
          + "\"x\":\"04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY\","
          + "\"y\":\"UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmw\"}";

  private static final String HEADER = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImtpZC1lYy1zaWduIn0";
  private static final String SIGNATURE =
      "5cA0OHyMP7ezamUd5c9kV-FrGxdx4hbGXOdplQkutrqWrte5P-pAvsE3Ve6xSyU3YDQwUHjVVOtvcrEbbnZ8yA";

  private static void verify(String jws, String key) throws RefusedTokenException, ParseException {
    SignatureCheck.verify(
        CompactJws.read(jws, Set.of("alg", "kid")), JWK.parse(key), Set.of("ES256", "EdDSA"));
  }

  @Test
  void a2PublishedSignaturesVerify() {
    assertDoesNotThrow(() -> verify(ES256, ES256_KEY));
    assertDoesNotThrow(() -> verify(EDDSA, EDDSA_KEY));
    assertDoesNotThrow(() -> verify(HEADER + ".Zm9v." + SIGNATURE, WYCHEPROOF_KEY));
  }

  @Test
  void a2A3A4A12WhatWasMadeOfThemIsRefused() {
    for (String bad :
        List.of(
            "",
            "Zm9v",
            ".Zm9v.",
            "Zm9v." + SIGNATURE,
            HEADER + ".Zm9v",
            HEADER + ".Zm9v.",
            HEADER + "." + SIGNATURE,
            HEADER + ".." + SIGNATURE,
            ".Zm9v." + SIGNATURE,
            HEADER + ".WG9v." + SIGNATURE,
            HEADER + ".Zm9v.X" + SIGNATURE.substring(1),
            HEADER + ".Zm9v." + SIGNATURE.replace("yA", "yB"),
            HEADER + ".Zm9v." + SIGNATURE.replace('-', '+').replace('_', '/'),
            HEADER + ".Zm9v." + SIGNATURE + "=",
            HEADER + ".Zm9v." + SIGNATURE + "\n",
            "eyJhbGciOiJFUzI1NiIsImtpZCI6IlhpZC1lYy1zaWduIn0.Zm9v." + SIGNATURE,
            "eyJhbGciOiJIUzI1NiIsImtpZCI6ImtpZC1lYy1zaWduIn0.Zm9v."
                + "TgWtz2FIRukBQ_mA5sgHa0Ybtgn7bl-YBPAi7Z0XdHU",
            ES256,
            EDDSA)) {
      assertThrows(RefusedTokenException.class, () -> verify(bad, WYCHEPROOF_KEY), bad);
    }
    assertThrows(RefusedTokenException.class, () -> verify(EDDSA, ES256_KEY));
    assertThrows(RefusedTokenException.class, () -> verify(ES256, EDDSA_KEY));
  }
}
