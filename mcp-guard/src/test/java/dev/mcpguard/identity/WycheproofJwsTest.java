package dev.mcpguard.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.nimbusds.jose.jwk.JWK;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Threats A2, A3, A12 and A13 against Project Wycheproof's vectors for compact JWS. */
final class WycheproofJwsTest {
  private int accepted;
  private int refused;

  @Test
  void a2A3EveryInvalidVectorIsRefusedAndEveryAsymmetricValidOneVerifies() throws Exception {
    JsonObject corpus = StrictJson.parseObject(corpus(), JsonLimits.message().withBytes(1 << 20));
    for (JsonValue value : array(corpus, "testGroups").values()) {
      JsonObject group = assertInstanceOf(JsonObject.class, value);
      JsonObject given = group.object("public");
      JWK key = key(given == null ? Objects.requireNonNull(group.object("private")) : given);
      for (JsonValue test : array(group, "tests").values()) {
        judge(assertInstanceOf(JsonObject.class, test), key);
      }
    }
    assertEquals(29, accepted);
    assertEquals(315, refused);
  }

  private void judge(JsonObject test, @Nullable JWK key) {
    String jws = Objects.requireNonNull(test.string("jws"));
    boolean verifies = key != null && verifies(jws, key);
    boolean expected = "valid".equals(test.string("result")) && key != null;
    assertEquals(expected, verifies, () -> JsonText.text(test));
    if (verifies) {
      accepted++;
    } else {
      refused++;
    }
  }

  private static boolean verifies(String jws, JWK key) {
    try {
      CompactJws read = CompactJws.read(jws, Set.of("alg", "kid", "typ"));
      SignatureCheck.verify(read, key, Set.of(key.getAlgorithm().getName()));
      return true;
    } catch (RefusedTokenException refused) {
      return false;
    }
  }

  /** The group's key as a key set takes it: null if it is symmetric or not for verifying. */
  private static @Nullable JWK key(JsonObject jwk) throws Exception {
    JWK key = JWK.parse(JsonText.text(jwk));
    try {
      KeyRules.check(key);
      return KeyRules.verifies(key, IssuerSettings.Profile.ACCESS_TOKEN) ? key : null;
    } catch (RefusedTokenException symmetric) {
      return null;
    }
  }

  private static JsonArray array(JsonObject object, String name) {
    return Objects.requireNonNull(object.array(name));
  }

  private static byte[] corpus() throws Exception {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared").resolve("corpora").resolve("wycheproof-jws.json");
      if (Files.isRegularFile(file)) {
        return Files.readAllBytes(file);
      }
    }
    String message = "SKIPPED: no shared/corpora/wycheproof-jws.json above the working directory";
    System.err.println(message);
    Assumptions.abort(message);
    return message.getBytes(StandardCharsets.UTF_8);
  }
}
