package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Every string of the list of naughty strings arrives unchanged and prints on one line (C3). */
final class NaughtyStringsTest {
  @Test
  void naughtyStringsArriveUnchangedAndAreQuotedOnOneLine_C3() throws Exception {
    JsonValue corpus = StrictJson.parse(Corpora.read("blns.json"), JsonLimits.message());
    int checked = 0;
    for (JsonValue value : ((JsonArray) corpus).values()) {
      String text = ((JsonString) value).value();
      JsonObject object = JsonObject.builder().put(text, text).build();
      JsonObject again = StrictJson.parseObject(JsonText.bytes(object), JsonLimits.message());
      assertEquals(text, again.string(text));
      String quoted = Excerpt.of(text);
      assertTrue(quoted.length() < 300, quoted);
      assertFalse(quoted.chars().anyMatch(Character::isISOControl), quoted);
      checked++;
    }
    assertTrue(checked > 500, "only " + checked);
  }
}
