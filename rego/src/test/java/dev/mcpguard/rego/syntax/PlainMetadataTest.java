package dev.mcpguard.rego.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.value.ObjectValue;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

final class PlainMetadataTest {
  private static final String[] PIECES = {
    " title: ", " scope: ", " a_b: ", " title:", "x: ", " no: ", "The rule", "true", "null", "12", "x", "it's", "a: b",
    "a #b", "- a", "|\n", "   line one\n", "   line: two\n", "    deep\n", "\n", "  half\n", "\n", "\n", "'q'", "[a]", "w (x), y.\n",
    "|\n   one\n\n   two # three\n", " \n", "&a", "w < x; {`y`} | \"z\" [v] & *p !t % @\n", "word\n", "é"
  };

  @Test
  void readsTitleAndBlockOfTheShippedPolicies() {
    ObjectValue read = PlainMetadata.read(" title: The rule\n description: |\n   One: `a`.\n\n   Two # three.\n");
    assertNotNull(read);
    assertEquals("{\"description\": \"One: `a`.\\n\\nTwo # three.\\n\", \"title\": \"The rule\"}", read.toString());
  }

  @Test
  void leavesToYamlWhatIsNotPlain() {
    for (String yaml : new String[] {" a: true", " a: 1", " a: [b]", " custom:\n   x: y", " a: b: c", " a: x\n a: y"}) {
      assertNull(PlainMetadata.read(yaml), yaml);
    }
  }

  @Test
  void whatItReadsYamlReadsTheSame() {
    long seed = 7;
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      ObjectValue plain = PlainMetadata.read(text.toString());
      if (plain != null) {
        read++;
        assertEquals(yaml(text.toString()), plain.toString(), () -> "seed " + seed + ": " + text);
      }
    }
    assertTrue(read > 200, "plain texts: " + read);
  }

  private static String yaml(String text) {
    try {
      Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
      ObjectValue.Builder object = ObjectValue.builder();
      if (loaded instanceof Map<?, ?> map) {
        map.forEach((key, value) ->
            object.put(String.valueOf(key), dev.mcpguard.rego.value.StringValue.of((String) value)));
      }
      return loaded == null || loaded instanceof Map<?, ?> ? object.build().toString() : "no mapping: " + loaded;
    } catch (YamlEngineException | ClassCastException failure) {
      return "refused: " + failure;
    }
  }
}
