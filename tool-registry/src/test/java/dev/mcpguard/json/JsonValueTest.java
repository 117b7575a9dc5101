package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonValueTest {
  @Test
  void typedReadersAnswerNullForAnotherType() {
    JsonObject object =
        JsonObject.builder()
            .put("s", "x")
            .put("n", 1)
            .put("b", true)
            .put("z", JsonNull.NULL)
            .build();
    assertEquals("x", object.string("s"));
    assertNull(object.string("n"));
    assertNull(object.object("s"));
    assertNull(object.array("s"));
    assertNull(object.string("absent"));
    assertTrue(object.has("z"));
    assertFalse(object.has("absent"));
  }

  @Test
  void withReplacesInPlaceAndWithoutRemoves() {
    JsonObject object = JsonObject.builder().put("a", 1).put("b", 2).build();
    assertEquals("{\"a\":3,\"b\":2}", JsonText.text(object.with("a", JsonNumber.of(3))));
    assertEquals("{\"b\":2}", JsonText.text(object.without("a", "x")));
    assertEquals("{\"a\":1,\"b\":2}", JsonText.text(object));
  }

  @Test
  void nothingCanBeChangedFromOutside() {
    Map<String, JsonValue> members = new LinkedHashMap<>(Map.of("a", JsonNull.NULL));
    JsonObject object = new JsonObject(members);
    members.clear();
    assertTrue(object.has("a"));
    assertThrows(UnsupportedOperationException.class, () -> object.members().remove("a"));
    assertThrows(UnsupportedOperationException.class, () -> object.members().clear());
    assertThrows(
        UnsupportedOperationException.class,
        () -> object.members().entrySet().iterator().next().setValue(JsonNull.NULL));
    assertThrows(
        UnsupportedOperationException.class,
        () -> JsonArray.ofStrings(List.of("a")).values().clear());
  }

  @Test
  void numbersAreEqualOnlyWhenSpelledAlike() {
    assertNotEquals(new JsonNumber("1.0"), new JsonNumber("1"));
    assertEquals(0, new JsonNumber("1.0").decimal().compareTo(BigDecimal.ONE));
    assertTrue(new JsonNumber("-12").isInteger());
    assertFalse(new JsonNumber("2.0").isInteger());
    assertFalse(new JsonNumber("2e0").isInteger());
    assertEquals(Long.MIN_VALUE, new JsonNumber("-9223372036854775808").longValue());
    assertNull(new JsonNumber("9223372036854775808").longValue());
    assertNull(new JsonNumber("1.0").longValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "01", "+1", "1.", ".1", "1e", "1e+", "NaN", "1 ", "1,2", "0x1", "١"})
  void textThatIsNoNumberCannotBecomeOne(String text) {
    assertThrows(IllegalArgumentException.class, () -> new JsonNumber(text));
  }
}
