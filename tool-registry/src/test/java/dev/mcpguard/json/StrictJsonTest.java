package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of threats.md C1 to C4 and C6 that the corpus does not hold. */
final class StrictJsonTest {
  private static final JsonLimits LIMITS = JsonLimits.message();

  private static JsonValue parse(String text) throws MalformedJsonException {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), LIMITS);
  }

  private static MalformedJsonException refused(byte[] bytes) {
    return assertThrows(MalformedJsonException.class, () -> StrictJson.parse(bytes, LIMITS));
  }

  private static MalformedJsonException refused(String text) {
    return refused(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> duplicates() {
    List<String> documents = new ArrayList<>();
    for (String name : List.of("jsonrpc", "id", "method", "params", "name", "arguments", "a")) {
      String escapedFirst = String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
      String escapedLast =
          name.substring(0, name.length() - 1)
              + String.format("\\u%04X", (int) name.charAt(name.length() - 1));
      for (String other : List.of(name, escapedFirst, escapedLast)) {
        documents.add(pair(name, other));
        documents.add(pair(other, name));
      }
    }
    documents.add("{\"é\":1,\"\\u00e9\":1}");
    documents.add("{\"\\ud83d\\ude00\":1,\"😀\":1}");
    documents.add("{\"a\\/b\":1,\"a/b\":1}");
    documents.add("{\"\":1,\"\":1}");
    return documents;
  }

  private static String pair(String first, String second) {
    return "{\"" + first + "\":1,\"x\":{},\"" + second + "\":1}";
  }

  @ParameterizedTest
  @MethodSource("duplicates")
  void duplicateNamesAreRefusedAtEveryDepthAndSpelling_C1(String object) {
    for (int depth = 0; depth < 60; depth++) {
      String inObjects = "{\"k\":".repeat(depth) + object + "}".repeat(depth);
      assertTrue(refused(inObjects).problem().startsWith("duplicate name"), inObjects);
      String inArrays = "[0,".repeat(depth) + object + "]".repeat(depth);
      assertTrue(refused(inArrays).problem().startsWith("duplicate name"), inArrays);
    }
  }

  @Test
  void sameNameInDifferentObjectsIsNoDuplicate_C1() throws Exception {
    assertEquals(
        "{\"a\":{\"a\":[{\"a\":1},{\"a\":1}]}}",
        JsonText.text(parse("{\"a\":{\"a\":[{\"a\":1},{\"a\":1}]}}")));
  }

  @Test
  void namesAreComparedByteForByte_C2() throws Exception {
    JsonObject object =
        (JsonObject) parse("{\"Name\":1,\"name\":2,\"\u017Fname\":3,\"na\u212Ae\":4}");
    assertEquals(4, object.members().size());
    assertTrue(refused("{\"name\\u0000\":1}").problem().contains("nul"));
    assertTrue(refused("{\"a\":{\"\\u0000\":1}}").problem().contains("nul"));
    assertEquals(new JsonString("\0"), ((JsonObject) parse("{\"a\":\"\\u0000\"}")).get("a"));
    assertFalse(parse("{\"\u00e9\":1}").equals(parse("{\"e\u0301\":1}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1"})
  void otherEncodingsAreRefused_C3(String charset) {
    refused("{\"a\":\"é\"}".getBytes(Charset.forName(charset)));
    if (charset.startsWith("UTF")) {
      refused("{\"a\":1}".getBytes(Charset.forName(charset)));
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefused_C3() throws Exception {
    int[][] broken = {
      {0xEF, 0xBB, 0xBF},
      {0xC0, 0x80},
      {0xE0, 0x80, 0x80},
      {0xED, 0xA0, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xF4, 0x90, 0x80, 0x80},
      {0x80},
      {0xC3},
      {0xE2, 0x82},
      {0xFF},
      {0xFE},
      {0xC1, 0xBF}
    };
    for (int[] sequence : broken) {
      byte[] bytes = new byte[sequence.length + 4];
      bytes[0] = '[';
      bytes[1] = '"';
      for (int i = 0; i < sequence.length; i++) {
        bytes[i + 2] = (byte) sequence[i];
      }
      bytes[bytes.length - 2] = '"';
      bytes[bytes.length - 1] = ']';
      if (sequence[0] != 0xEF) {
        assertEquals("not UTF-8", refused(bytes).problem());
      }
    }
    assertEquals(new JsonString("\uFFFD"), parse("\"\uFFFD\""));
    assertEquals("starts with a byte order mark", refused("\uFEFF{}").problem());
    assertEquals(new JsonString("\uFEFF"), parse("\"\uFEFF\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud800x\"",
        "{\"\\ud800\":1}",
        "{\"a\":[\"ok\",\"\\uDFFF\"]}",
        "\"\\ud800\\\\udc00\""
      })
  void loneSurrogatesAreRefused_C3(String document) {
    assertEquals("string with a lone surrogate", refused(document).problem());
  }

  @Test
  void everyDigitIsKept_C4() throws Exception {
    for (String number :
        List.of(
            "9007199254740993",
            "0.1234567890123456789",
            "1.10",
            "-0",
            "-0.0",
            "1E400",
            "1e+2",
            "1e-7",
            "100000000000000000000000000000000000001",
            "0e0",
            "1.0")) {
      assertEquals("{\"n\":" + number + "}", JsonText.text(parse("{ \"n\" : " + number + " }")));
      assertEquals("{\"n\":" + number + "}", CanonicalJson.text(parse("{\"n\":" + number + "}")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} {}",
        "{}x",
        "{}\0",
        "[1] 2",
        "1 2",
        "\"a\"\"b\"",
        "nulll",
        "{}/**/",
        "// c\n{}",
        "{\"a\":1,}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        "-01",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "--1",
        "-",
        "",
        " ",
        "{",
        "[",
        "\"",
        "\"\t\"",
        "\"\n\"",
        "\"\\x41\"",
        "\"\\u00g0\"",
        "\"\\u12\"",
        "tru",
        "True",
        "\u00a0{}",
        "\f{}",
        "{\"a\":1]",
        "[1}",
        "]",
        "}",
        ":",
        ",",
        "[1e1000]",
        "[1E-1000]",
        "{\"a\"}",
        "{\"a\":}",
        "{1:1}",
        "{null:1}",
        "{[]:1}",
        "{{}:1}"
      })
  void whatIsNotOneDocumentIsRefused_C4(String document) {
    refused(document);
    refused("{\"a\":" + document + "]");
  }

  @Test
  void theDeepestAllowedDocumentIsParsedWrittenAndCompared() throws Exception {
    JsonLimits deep = LIMITS.withDepth(512);
    byte[] bytes = ("[".repeat(512) + "]".repeat(512)).getBytes(StandardCharsets.UTF_8);
    JsonValue value = StrictJson.parse(bytes, deep);
    assertEquals(value, StrictJson.parse(CanonicalJson.bytes(value), deep));
    assertThrows(IllegalArgumentException.class, () -> LIMITS.withDepth(513));
  }

  @Test
  void messageNeverEchoesTheDocument() {
    String secret = "\u001b[31mpassword-of-the-house".repeat(50);
    String quoted = JsonText.text(new JsonString(secret));
    String message = refused("{" + quoted + ":1," + quoted + ":2}").getMessage();
    assertTrue(message.length() < 300, message);
    assertFalse(message.contains("\u001b"), message);
  }

  @Test
  void placeIsLineAndColumn() {
    MalformedJsonException refused = refused("{\n  \"a\": 1,\n  \"a\": 2\n}");
    assertEquals(3, refused.line());
    assertEquals("duplicate name `a`", refused.problem());
  }

  @Test
  void onlyTheGivenSliceIsRead() throws Exception {
    byte[] bytes = "xx{\"a\":1}yy".getBytes(StandardCharsets.UTF_8);
    assertEquals(JsonObject.builder().put("a", 1).build(), StrictJson.parse(bytes, 2, 7, LIMITS));
    assertThrows(
        IndexOutOfBoundsException.class, () -> StrictJson.parse(bytes, 5, bytes.length, LIMITS));
  }
}
