package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Row C6 of threats.md: bounded memory and time, and never a stack overflow. */
final class JsonLimitsTest {
  private static String problem(String text, JsonLimits limits) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return assertThrows(MalformedJsonException.class, () -> StrictJson.parse(bytes, limits))
        .problem();
  }

  private static JsonValue parse(String text, JsonLimits limits) throws MalformedJsonException {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), limits);
  }

  @Test
  void depthIsBoundedAndCheckedBeforeDescending_C6() throws Exception {
    JsonLimits limits = JsonLimits.message();
    parse("[".repeat(64) + "]".repeat(64), limits);
    parse("{\"a\":".repeat(64) + "1" + "}".repeat(64), limits);
    assertEquals("nested deeper than 64", problem("[".repeat(65) + "]".repeat(65), limits));
    assertEquals("nested deeper than 64", problem("[".repeat(100_000), limits));
    assertEquals("nested deeper than 64", problem("{\"a\":".repeat(100_000), limits));
    assertEquals("nested deeper than 64", problem("[{\"a\":".repeat(100_000), limits));
  }

  @Test
  void sizeIsCheckedBeforeAnythingElse_C6() throws Exception {
    JsonLimits limits = JsonLimits.message().withBytes(10);
    parse("[\"123456\"]", limits);
    assertEquals("longer than 10 bytes", problem("[\"1234567\"]", limits));
    byte[] huge = new byte[JsonLimits.message().bytes() + 1];
    Arrays.fill(huge, (byte) 0xFF);
    assertThrows(MalformedJsonException.class, () -> StrictJson.parse(huge, JsonLimits.message()));
  }

  @Test
  void membersAndElementsAreCountedTogetherOverTheWholeDocument_C6() throws Exception {
    JsonLimits limits = JsonLimits.message().withMembers(4);
    parse("{\"a\":[1,2,3]}", limits);
    assertEquals("more than 4 members and elements", problem("{\"a\":[1,2,3,4]}", limits));
    assertEquals("more than 4 members and elements", problem("[[],[],[],[],[]]", limits));
    assertTrue(
        problem("[" + "0,".repeat(1_000_000) + "0]", JsonLimits.message()).startsWith("more than"));
  }

  @Test
  void numbersAreBoundedInLengthAndExponent_C6() throws Exception {
    JsonLimits limits = JsonLimits.message().withNumberLength(5).withExponent(30);
    parse("[12345,-1234,1e30,1E-30,0.123,1e+30]", limits);
    assertEquals("number longer than 5 characters", problem("123456", limits));
    assertEquals("number with an exponent beyond 30", problem("1e31", limits));
    assertEquals("number with an exponent beyond 30", problem("1E-31", limits));
    assertTrue(problem("1" + "0".repeat(3_000_000), JsonLimits.message()).startsWith("number"));
    assertTrue(problem("1e99999999999999999999", JsonLimits.message()).startsWith("number"));
  }

  @Test
  void namesThatCollideAsHashesAreParsedInLinearithmicTime_C6() throws Exception {
    int bits = 15;
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 1 << bits; i++) {
      text.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < bits; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append("\":0");
    }
    byte[] bytes = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    JsonObject object = StrictJson.parseObject(bytes, JsonLimits.message());
    assertEquals(1 << bits, object.members().size());
  }

  @Test
  void onlyAnObjectIsAnObject() {
    byte[] array = "[]".getBytes(StandardCharsets.UTF_8);
    assertThrows(
        MalformedJsonException.class, () -> StrictJson.parseObject(array, JsonLimits.message()));
  }
}
