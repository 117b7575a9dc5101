package dev.mcpguard.rego.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ValueTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private Value any(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> NullValue.NULL;
      case 1 -> BooleanValue.of(random.nextBoolean());
      case 2 -> number();
      case 3 -> StringValue.of(new String[] {"", "a", "b", "é", "\uffff", "😀", "ab"}[random.nextInt(7)]);
      case 4 -> ArrayValue.of(some(depth));
      case 5 -> SetValue.of(some(depth));
      default -> {
        ObjectValue.Builder object = ObjectValue.builder();
        some(depth).forEach(key -> object.put(key, any(depth - 1)));
        yield object.build();
      }
    };
  }

  private Value number() {
    return NumberValue.parse(new String[] {"0", "-0", "1", "1.0", "1e0", "10e-1", "2.5", "1e30", "9223372036854775808", "-7"}[random.nextInt(10)]);
  }

  private List<Value> some(int depth) {
    List<Value> values = new ArrayList<>();
    int count = random.nextInt(14);
    for (int i = 0; i < count; i++) {
      values.add(any(depth - 1));
    }
    return values;
  }

  @Test
  void orderIsTotalAndAgreesWithEquality() {
    for (int i = 0; i < 20_000; i++) {
      Value a = any(2);
      Value b = any(2);
      Value c = any(2);
      String where = "seed " + seed + ": " + a + " " + b + " " + c;
      assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)), where);
      assertEquals(a.compareTo(b) == 0, a.equals(b), where);
      assertTrue(!a.equals(b) || a.hashCode() == b.hashCode(), where);
      assertTrue(a.compareTo(b) > 0 || b.compareTo(c) > 0 || a.compareTo(c) <= 0, where);
    }
  }

  @Test
  void jsonRoundTripKeepsValues() {
    for (int i = 0; i < 5_000; i++) {
      String json = Values.toJson(Values.parseJson(Values.toJson(any(3))));
      assertEquals(json, Values.toJson(Values.parseJson(json)), "seed " + seed);
    }
  }

  @Test
  void numbersAreEqualByValueAndKeepTheirText() {
    assertEquals(NumberValue.of(1), NumberValue.parse("1.0"));
    assertEquals(NumberValue.of(1).hashCode(), NumberValue.parse("1e0").hashCode());
    assertEquals("1.50", Values.toJson(Values.parseJson("1.50")));
    assertNotEquals(NumberValue.parse("9007199254740993"), NumberValue.parse("9007199254740992.0"));
    assertThrows(NumberFormatException.class, () -> NumberValue.parse("1e999999999"));
    assertThrows(NumberFormatException.class, () -> NumberValue.parse("01"));
  }

  @Test
  void stringsAreOrderedByCodePoint() {
    assertTrue(StringValue.of("\uffff").compareTo(StringValue.of("😀")) < 0);
  }

  @Test
  void keysMadeToCollideStayFast() {
    ObjectValue.Builder object = ObjectValue.builder();
    String[] parts = {"Aa", "BB"};
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        key.append(parts[i >> bit & 1]);
      }
      object.put(key.toString(), NumberValue.of(i));
    }
    ObjectValue built = object.build();
    assertEquals(1 << 14, built.size());
    assertEquals(NumberValue.of(5), built.get("BBAaBB" + "Aa".repeat(11)));
  }

  @Test
  void setsAndObjectsIterateInOrder() {
    SetValue set = SetValue.of(NumberValue.of(2), StringValue.of("a"), NullValue.NULL, NumberValue.of(1));
    assertEquals("{null, 1, 2, \"a\"}", set.toString());
    assertEquals("[null,1,2,\"a\"]", Values.toJson(set));
    assertEquals("{\"1\":true}", Values.toJson(ObjectValue.builder().put(NumberValue.of(1), BooleanValue.TRUE).build()));
  }

  @Test
  void badJsonIsRefused() {
    for (String text : List.of("", "{", "[1,]", "01", "nul", "1 2", "\"\t\"", "[".repeat(5000))) {
      assertThrows(JsonFormatException.class, () -> Values.parseJson(text), text);
    }
  }
}
