package dev.mcpguard.rego.builtins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import org.junit.jupiter.api.Test;

/** Work is bounded by the budget, whatever the operands are. */
final class HostileInputTest {
  private static final int MANY = 10_000_000;

  private static void assertOverBudget(String name, Value... operands) {
    assertThrows(
        Calls.BudgetExceeded.class,
        () -> Calls.find(name).function().call(Calls.context(100_000), operands));
  }

  private static Value text(String text) {
    return StringValue.of(text);
  }

  @Test
  void longRangesAndBigNetworksExceedTheBudgetBeforeTheyAreMade() {
    assertOverBudget("numbers.range", NumberValue.of(0), NumberValue.of(Long.MAX_VALUE));
    assertOverBudget("net.cidr_expand", text("::/0"));
    assertOverBudget("net.cidr_expand", text("10.0.0.0/8"));
  }

  @Test
  void longStringsAreCharged() {
    String huge = "a".repeat(MANY);
    assertOverBudget("split", text(huge), text(""));
    assertOverBudget("upper", text(huge));
    assertOverBudget("replace", text(huge), text(""), text("xxxx"));
    assertOverBudget("regex.match", text("(a*)*b"), text(huge));
    assertOverBudget("json.is_valid", text("[" + huge + "]"));
    assertOverBudget("yaml.unmarshal", text(huge));
  }

  @Test
  void pathologicalPatternsAreLinearB10() {
    String text = "\"" + "a".repeat(5_000) + "\"";
    assertEquals("false", Calls.json("regex.match", "\"^(a+)+$b\"", text));
    assertEquals("false", Calls.json("glob.match", "\"*a*a*a*a*a*a*a*a*b\"", "[]", text));
    String many = "\"" + "a*".repeat(150) + "b\"";
    assertEquals("false", Calls.json("regex.globs_match", many, "\"" + "a*".repeat(140) + "c\""));
  }

  @Test
  void nestedRepetitionsAreRefused() {
    assertTrue(Calls.json("regex.match", "\"((a{100}){100}){100}\"", "\"a\"").contains("repeat count"));
    assertTrue(Calls.json("regex.match", "\"" + "(".repeat(9000) + ")".repeat(9000) + "\"", "\"a\"").startsWith("eval_builtin_error"));
  }

  @Test
  void numbersBeyondDoubleStayExactOrAreRefused() {
    assertTrue(Calls.json("to_number", "\"1e999999999\"").startsWith("eval_builtin_error"));
    assertTrue(Calls.json("json.unmarshal", "\"1e999999999\"").startsWith("eval_builtin_error"));
    assertTrue(Calls.json("bits.lsh", "1", "999999999").startsWith("eval_builtin_error"));
    assertEquals("true", Calls.json("lt", "1e400", "1e401"));
    assertTrue(Calls.json("mul", "1e15000", "1e15000").startsWith("eval_builtin_error"));
  }

  @Test
  void aliasesThatMultiplyExceedTheBudget() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a").append(i).append(": &a").append(i).append(" [");
      yaml.append("*a".concat(Integer.toString(i - 1)).concat(",").repeat(9)).append("]\n");
    }
    assertOverBudget("yaml.unmarshal", text(yaml.toString()));
  }

  @Test
  void deepNestingIsAnError() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertTrue(Calls.json("json.unmarshal", "\"" + deep + "\"").startsWith("eval_builtin_error"));
    assertTrue(Calls.json("yaml.unmarshal", "\"" + deep + "\"").startsWith("eval_builtin_error"));
  }

  private static String certificate(String body) {
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }

  private static String base64(byte[] bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }

  private static void assertNoCertificate(String pem) {
    String answer =
        Calls.json("crypto.x509.parse_certificates", Values.toJson(StringValue.of(pem)));
    assertTrue(answer.startsWith("eval_builtin_error: "), answer);
    assertEquals(
        "[false,[]]",
        Calls.json(
                "crypto.x509.parse_and_verify_certificates",
                Values.toJson(StringValue.of(pem)))
            .replace(" ", ""));
  }

  @Test
  void certificatesThatAreNoneAreRefusedWhateverTheirBytes() {
    byte[] noise = new byte[600_000];
    new java.util.Random(7).nextBytes(noise);
    assertNoCertificate(certificate(base64(noise)));
    byte[] indefinite = new byte[400_000];
    byte[] nested = new byte[400_000];
    for (int i = 0; i < indefinite.length; i += 4) {
      indefinite[i] = 0x30;
      indefinite[i + 1] = (byte) 0x80;
      indefinite[i + 2] = 0x30;
      indefinite[i + 3] = (byte) 0x80;
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x82;
      nested[i + 2] = (byte) 0xff;
      nested[i + 3] = (byte) 0xff;
    }
    assertNoCertificate(certificate(base64(indefinite)));
    assertNoCertificate(certificate(base64(nested)));
    assertNoCertificate((certificate("AAAA") + certificate("!")).repeat(9_000));
  }
}
