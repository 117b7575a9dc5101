package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
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
