package dev.mcpguard.rego.builtins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.types.TypeParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BuiltinsTest {
  // The compiler answers these from the annotations of the rule.
  private static final Set<String> COMPILED = Set.of("rego.metadata.chain", "rego.metadata.rule");

  @Test
  void everyBuiltinOfOpaIsHereWithItsTypeOrRefusedWithAReason() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String line : signatures()) {
      String name = line.substring(0, line.indexOf(' '));
      String type = line.substring(name.length() + 1);
      assertEquals(type, TypeParser.parseFunction(type).toString());
      Builtin builtin = Builtins.standard().find(name);
      boolean refused = Builtins.refused().containsKey(name) || COMPILED.contains(name);
      if ((builtin == null) != refused) {
        wrong.add(name + " is " + (refused ? "both here and refused" : "neither"));
      } else if (builtin != null && !builtin.type().toString().equals(type)) {
        wrong.add(name + " " + builtin.type() + " is not " + type);
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  private static List<String> signatures() throws IOException {
    byte[] bytes =
        Objects.requireNonNull(BuiltinsTest.class.getResourceAsStream("opa-signatures.txt"))
            .readAllBytes();
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aFamilyHoldsExactlyTheBuiltinsItNames() {
    for (Family family : Family.values()) {
      assertEquals(Set.copyOf(family.names()), family.create().keySet(), family.name());
    }
  }

  @Test
  void unknownNamesAreNotFound() {
    assertNull(Builtins.standard().find("no.such"));
    assertNull(Builtins.standard().find("http.send"));
  }

  @Test
  void chanceRepeatsForTheSameKeyAndSeedOnly() {
    assertEquals(Calls.json("rand.intn", "\"a\"", "1000000"), Calls.json("rand.intn", "\"a\"", "1000000"));
    assertEquals(Calls.json("uuid.rfc4122", "\"a\""), Calls.json("uuid.rfc4122", "\"a\""));
    assertNotEquals(Calls.json("uuid.rfc4122", "\"a\""), Calls.json("uuid.rfc4122", "\"b\""));
    assertEquals("0", Calls.json("rand.intn", "\"a\"", "0"));
  }

  @Test
  void nowIsTheInstantOfTheEvaluation() {
    assertEquals("1772368496789012345", Calls.json("time.now_ns"));
  }

  @Test
  void wrongOperandsAreNamedAsOpaNamesThem() {
    assertEquals(
        "eval_type_error: operand 1 must be string but got number", Calls.json("lower", "1"));
    assertEquals("eval_builtin_error: divide by zero", Calls.json("div", "1", "0"));
  }

  @Test
  void signedTokensVerifyWithTheirKeyOnly() {
    String key = "{\"$obj\":[[\"kty\",\"oct\"],[\"k\",\"c2VjcmV0\"]]}";
    String header = "{\"$obj\":[[\"alg\",\"HS256\"]]}";
    String token = Calls.json("io.jwt.encode_sign", header, "{\"$obj\":[[\"iss\",\"me\"]]}", key);
    assertEquals("true", Calls.json("io.jwt.verify_hs256", token, "\"secret\""));
    assertEquals("false", Calls.json("io.jwt.verify_hs256", token, "\"other\""));
    assertEquals("false", Calls.json("io.jwt.verify_hs512", token, "\"secret\""));
  }
}
