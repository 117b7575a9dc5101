package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every document of JSONTestSuite, whole and in each place of a message (C1, C3, C4, C6). */
final class StrictJsonCorpusTest {
  /**
   * Our rule for what the suite leaves open: integers of any size keep their digits. Everything
   * else in that group is refused: exponents beyond the limit, what is not UTF-8, a byte order
   * mark, lone surrogates, nesting beyond the limit.
   */
  private static final Set<String> OPEN_AND_ACCEPTED =
      Set.of("i_number_too_big_neg_int.json", "i_number_too_big_pos_int.json");

  private record Entry(String name, byte[] bytes, String expect) {
    boolean accepted() {
      return switch (expect) {
        case "y" -> true;
        case "n" -> false;
        default -> OPEN_AND_ACCEPTED.contains(name);
      };
    }
  }

  @Test
  void everyDocumentIsAcceptedOrRefusedAsWrittenDown() throws Exception {
    assertEquals(List.of(), disagreements("", ""));
  }

  @Test
  void everyDocumentIsJudgedAlikeAsAnArgumentValue() throws Exception {
    assertEquals(List.of(), disagreements("{\"params\":{\"arguments\":{\"a\":", "}}}"));
    assertEquals(List.of(), disagreements("[1,", ",2]"));
  }

  @Test
  void acceptedDocumentsArriveWithEveryDigit() throws Exception {
    int checked = 0;
    for (Entry entry : entries()) {
      if (entry.accepted()) {
        JsonValue value = StrictJson.parse(entry.bytes(), JsonLimits.message());
        JsonValue again = StrictJson.parse(JsonText.bytes(value), JsonLimits.message());
        assertEquals(value, again, entry.name());
        checked++;
      }
    }
    assertFalse(checked < 35, "only " + checked + " accepted");
  }

  private static List<String> disagreements(String before, String after) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Entry entry : entries()) {
      byte[] document = around(before, entry.bytes(), after);
      boolean accepted;
      try {
        StrictJson.parse(document, JsonLimits.message());
        accepted = true;
      } catch (MalformedJsonException refused) {
        accepted = false;
      }
      if (accepted != entry.accepted()) {
        wrong.add(entry.name() + (accepted ? " was accepted" : " was refused"));
      }
    }
    return wrong;
  }

  private static byte[] around(String before, byte[] bytes, String after) {
    byte[] head = before.getBytes(StandardCharsets.UTF_8);
    byte[] tail = after.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + bytes.length + tail.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(bytes, 0, all, head.length, bytes.length);
    System.arraycopy(tail, 0, all, head.length + bytes.length, tail.length);
    return all;
  }

  private static List<Entry> entries() throws IOException, MalformedJsonException {
    byte[] corpus = Corpora.read("json-parsing.json");
    if (!(StrictJson.parse(corpus, JsonLimits.message()) instanceof JsonArray array)) {
      throw new AssertionError("the corpus is an array");
    }
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (JsonValue value : array.values()) {
      JsonObject object = (JsonObject) value;
      String name = text(object, "name");
      names.add(name);
      byte[] bytes = Base64.getDecoder().decode(text(object, "base64"));
      entries.add(new Entry(name, bytes, text(object, "expect")));
    }
    assertEquals(149, names.size());
    return entries;
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    if (text == null) {
      throw new AssertionError("no " + name);
    }
    return text;
  }
}
