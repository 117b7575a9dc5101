package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemberTableTest {
  @Test
  void objectOfAnySizeBehavesAsTheMapOfTheJdk() {
    long seed = System.nanoTime();
    System.out.println("MemberTableTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Map<String, JsonValue> expected = new LinkedHashMap<>();
      JsonObject.Builder builder = JsonObject.builder();
      int puts = random.nextInt(60);
      for (int i = 0; i < puts; i++) {
        String name = "n" + random.nextInt(40);
        expected.put(name, JsonNumber.of(i));
        builder.put(name, i);
      }
      JsonObject built = builder.build();
      assertEquals(expected, built.members());
      assertEquals(expected.hashCode(), built.members().hashCode());
      assertEquals(expected.keySet().stream().toList(), built.members().keySet().stream().toList());
      String name = "n" + random.nextInt(40);
      expected.remove(name);
      assertEquals(expected, built.without(name).members());
      expected.put(name, JsonNull.NULL);
      assertEquals(expected, built.with(name, JsonNull.NULL).members());
    }
  }

  @Test
  void membersThatCameInOrderAreFoundAndWrittenAsAnyOther() {
    for (int count : new int[] {1, 16, 17, 40}) {
      JsonObject.Builder builder = JsonObject.builder();
      Map<String, JsonValue> expected = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        builder.put(String.format("n%02d", i), i);
        expected.put(String.format("n%02d", i), JsonNumber.of(i));
      }
      JsonObject ordered = builder.build();
      assertEquals(expected, ordered.members());
      assertNull(ordered.get("n"));
      assertNull(ordered.get("n99"));
      assertEquals(JsonText.text(ordered), CanonicalJson.text(ordered));
      // out of order, twice the same, and in its place
      JsonObject changed = ordered.with("a", JsonNull.NULL).with("n00", JsonNull.NULL);
      assertEquals(count + 1, changed.members().size());
      assertEquals(JsonNull.NULL, changed.get("a"));
      assertEquals(JsonNull.NULL, changed.get("n00"));
      assertEquals(new JsonObject(new TreeMap<>(changed.members())), changed);
      assertEquals(
          JsonText.text(new JsonObject(new TreeMap<>(changed.members()))),
          CanonicalJson.text(changed));
    }
  }

  @Test
  void builderUsedAgainLeavesWhatItBuiltAlone() {
    JsonObject.Builder builder = JsonObject.builder().put("a", 1);
    JsonObject first = builder.build();
    JsonObject second = builder.put("a", 2).put("b", 3).build();
    assertEquals(JsonNumber.of(1), first.get("a"));
    assertEquals(1, first.members().size());
    assertEquals(JsonNumber.of(2), second.get("a"));
  }

  @Test
  void keptCanonicalBytesAreThoseThatWouldBeWritten() {
    JsonObject inner = JsonObject.builder().put("z", "ü\u0001").put("a", true).build();
    byte[] fresh = CanonicalJson.bytes(JsonObject.of().with("x", inner));
    JsonObject kept = CanonicalJson.keeping(inner);
    assertArrayEquals(fresh, CanonicalJson.bytes(JsonObject.of().with("x", kept)));
    assertEquals("{\"z\":\"ü\\u0001\",\"a\":true}", JsonText.text(kept));
    JsonObject changed = kept.with("a", JsonBoolean.FALSE);
    assertNotEquals(CanonicalJson.text(kept), CanonicalJson.text(changed));
    byte[] taken = CanonicalJson.bytes(kept);
    taken[0] = 'x';
    assertEquals('{', new String(CanonicalJson.bytes(kept), StandardCharsets.UTF_8).charAt(0));
  }
}
