package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CanonicalJsonTest {
  private static final int ROUNDS = 3_000;

  private static JsonValue parse(String text) throws MalformedJsonException {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
  }

  private static long seed() {
    Long given = Long.getLong("seed");
    long seed = given == null ? new java.util.Random().nextLong() : given;
    System.out.println("CanonicalJsonTest seed " + seed + " (repeat with -Dseed=" + seed + ")");
    return seed;
  }

  @Test
  void membersAreOrderedByUtf16CodeUnits() throws Exception {
    // the example of RFC 8785 3.2.3: U+1F600 is D83D DE00 and sorts before U+FB33
    JsonValue value =
        parse(
            "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,"
                + "\"\\u0080\":6,\"\\u00f6\":7}");
    assertEquals(
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\uD83D\uDE00\":5,\"\uFB33\":3}",
        CanonicalJson.text(value));
  }

  @Test
  void stringsAreSpelledAsRfc8785Says() {
    String text = "\u20ac$\u000f\nA'B\"\\\\\"/\b\t\f\r\u007f\u2028";
    assertEquals(
        "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u007f\u2028\"",
        CanonicalJson.text(new JsonString(text)));
  }

  @Test
  void loneSurrogatesCannotBeWritten() {
    for (String text : new String[] {"\uD800", "a\uDC00", "\uDC00\uD800", "\uD800\uD800\uDC00"}) {
      JsonString string = new JsonString(text);
      assertThrows(IllegalArgumentException.class, () -> CanonicalJson.bytes(string));
      assertThrows(IllegalArgumentException.class, () -> JsonText.bytes(string));
    }
  }

  @Test
  void digestIsThatOfTheCanonicalBytes() throws Exception {
    // printf '{"a":1,"b":[1.10,null]}' | sha256sum
    String known = "sha256:2274afd2314cac413c6c6e4bd3aeaa681ec7637ce01bba5a4905efc0ded794a3";
    assertEquals(known, Digest.of(parse(" {\"b\": [1.10, null], \"a\": 1}")).text());
    assertEquals(new Digest(known), Digest.ofText(known));
    assertNull(Digest.ofText(known.toUpperCase(java.util.Locale.ROOT)));
    assertNull(Digest.ofText(known + " "));
    assertNull(Digest.ofText("sha256:" + "0".repeat(63)));
    assertThrows(IllegalArgumentException.class, () -> new Digest("md5:0"));
  }

  @Test
  void parsingWhatWasWrittenGivesTheSameValueAndTheSameBytes() throws Exception {
    RandomJson random = new RandomJson(seed());
    for (int i = 0; i < ROUNDS; i++) {
      JsonValue value = random.value(5);
      assertEquals(value, parse(JsonText.text(value)));
      byte[] canonical = CanonicalJson.bytes(value);
      JsonValue again = StrictJson.parse(canonical, JsonLimits.message());
      assertEquals(value, again);
      assertArrayEquals(canonical, CanonicalJson.bytes(again));
      assertArrayEquals(canonical, JsonText.bytes(again));
    }
  }

  @Test
  void digestIsTheSameUnderOrderWhiteSpaceAndEscapes() throws Exception {
    RandomJson random = new RandomJson(seed());
    for (int i = 0; i < ROUNDS; i++) {
      JsonValue value = random.value(4);
      JsonValue shuffled = random.shuffled(value);
      assertEquals(value, shuffled);
      assertEquals(Digest.of(value), Digest.of(parse(random.spelledOut(shuffled))));
    }
  }

  @Test
  void digestChangesUnderEveryOtherEdit() {
    RandomJson random = new RandomJson(seed());
    for (int i = 0; i < ROUNDS; i++) {
      JsonValue value = random.value(4);
      JsonValue edited = random.edited(value);
      assertNotEquals(value, edited);
      assertNotEquals(Digest.of(value), Digest.of(edited), () -> CanonicalJson.text(value));
    }
  }
}
