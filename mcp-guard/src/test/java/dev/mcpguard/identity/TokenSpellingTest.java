package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Credential;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a token is spelled (threat A12), and that no part of it comes out again (threat A16). */
final class TokenSpellingTest {
  private final Desk desk = new Desk();

  @Test
  void a12TokenHasOneSpelling() {
    List<SigningKey> signers =
        List.of(Desk.KEY, SigningKey.of("r1", "RS256"), SigningKey.of("e1", "EdDSA"));
    desk.keys = Desk.keys(SigningKey.set("", signers.toArray(SigningKey[]::new)));
    for (SigningKey signer : signers) {
      String token = signer.token(JsonText.text(desk.claims()));
      desk.identified(token);
      for (String spelling : spellings(token)) {
        assertFalse(spelling.equals(token));
        Desk.stranger(desk.verify(spelling), spelling);
      }
    }
  }

  private static List<String> spellings(String token) {
    List<String> all = new ArrayList<>();
    for (String blank : List.of(" ", "\n", "\r", "\t", "=", "==", "\u200b", "\0", "%20", ".")) {
      all.add(token + blank);
      all.add(blank + token);
      all.add(token.replace(".", blank + "."));
      all.add(token.replace(".", "." + blank));
    }
    String plain = token.replace('-', '+').replace('_', '/');
    if (!plain.equals(token)) {
      all.add(plain);
    }
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String[] segments = token.split("\\.");
    for (int i = 0; i < 3; i++) {
      int unused = segments[i].length() % 4 == 0 ? 0 : segments[i].length() % 4 == 2 ? 4 : 2;
      int last = alphabet.indexOf(segments[i].charAt(segments[i].length() - 1));
      for (int bits = 1; bits < 1 << unused; bits++) {
        String[] changed = segments.clone();
        changed[i] =
            segments[i].substring(0, segments[i].length() - 1) + alphabet.charAt(last ^ bits);
        all.add(String.join(".", changed));
      }
    }
    return all;
  }

  @Test
  void a16NoPartOfTheTokenIsInAnyText() throws RefusedTokenException {
    String good = desk.good();
    String tampered = good.substring(0, good.length() - 6) + "AAAAAA";
    CompactToken read = CompactToken.read(good);
    List<Object> shown =
        List.of(
            Credential.bearer(good),
            read,
            read.jws(),
            desk.verify(good),
            desk.verify(tampered),
            desk.verify(good + "x"),
            desk.verifier,
            Desk.KEY);
    for (Object object : shown) {
      for (String segment : good.split("\\.")) {
        assertFalse(
            object.toString().contains(segment.substring(0, 20)), object.getClass().getName());
      }
    }
  }
}
