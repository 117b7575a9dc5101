package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictYamlTest {
  @Test
  void plainScalarsAreWhatJsonCallsThem() throws Exception {
    YamlDocument document =
        StrictYaml.parse(
            "a: 1.10\nb: yes\nc: 'true'\nd: true\ne:\nf: 0x1F\ng: 010\nh: |\n  two\n  lines\n",
            "f");
    assertEquals(
        "{\"a\":1.10,\"b\":\"yes\",\"c\":\"true\",\"d\":true,\"e\":null,\"f\":\"0x1F\",\"g\":\"010\",\"h\":\"two\\n"
            + "lines\\n"
            + "\"}",
        JsonText.text(document.root()));
  }

  @Test
  void linesAreFoundByPointer() throws Exception {
    YamlDocument document = StrictYaml.parse("a:\n  - x\n  -\n    b/c: 1\nd: 2\n", "f");
    assertEquals(2, document.line("/a/0"));
    assertEquals(4, document.line("/a/1/b~1c"));
    assertEquals(5, document.line("/d"));
    assertEquals(5, document.line("/d/not/there"));
    assertEquals(1, document.line("/nowhere"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\nb: 2\\na: 3              | f:3: duplicate name `a`; keep one",
        "a: {b: 1, \"\\x62\": 2}         | f:1: duplicate name `b`; keep one",
        "a: &x 1\\nb: *x                 | f:1: anchors and aliases are not allowed;",
        "b: *x                           | f:1: anchors and aliases are not allowed;",
        "a: !!str 1                      | f:1: tags are not allowed;",
        "a: !ruby/object 1               | f:1: tags are not allowed;",
        "a: !!set {b}                    | f:1: tags are not allowed;",
        "1: a                            | f:1: a name that is no text;",
        "[a]: b                          | f:1: a name that is no text;",
        "a: 1\\n---\\nb: 2               | f:2: more than one document;",
        "# nothing                       | f:1: empty file;",
        "a: [1                           | f:1: not valid yaml:",
        "a: 1e99999                      | f:1: number out of range;",
      })
  void whatIsNotPlainJsonInYamlIsRefused(String yaml, String finding) {
    String text = yaml.replace("\\n", "\n");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> StrictYaml.parse(text, "f"));
    assertTrue(refused.getMessage().startsWith(finding), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: \"\\uD800\"", "a: \"\\0\"", "\uFEFFa: 1"})
  void textThatCannotBeComparedIsRefused(String yaml) {
    assertThrows(ConfigException.class, () -> StrictYaml.parse(yaml, "f"));
  }

  @Test
  void depthSizeAndEncodingAreBounded() {
    String deep = "[".repeat(100_000);
    assertThrows(ConfigException.class, () -> StrictYaml.parse(deep, "f"));
    String indented = "- ".repeat(5_000) + "a";
    assertThrows(ConfigException.class, () -> StrictYaml.parse(indented, "f"));
    byte[] large = new byte[StrictYaml.LONGEST_FILE + 1];
    assertThrows(ConfigException.class, () -> StrictYaml.parse(large, "f"));
    byte[] latin = "a: é".getBytes(StandardCharsets.ISO_8859_1);
    assertThrows(ConfigException.class, () -> StrictYaml.parse(latin, "f"));
    byte[] wide = "a: b".getBytes(StandardCharsets.UTF_16);
    assertThrows(ConfigException.class, () -> StrictYaml.parse(wide, "f"));
  }

  @Test
  void missingFileIsAFinding() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> StrictYaml.parse(Path.of("no/such.yaml")));
    assertEquals(
        "no/such.yaml: cannot be read; check that it exists and its permissions",
        refused.getMessage());
  }
}
