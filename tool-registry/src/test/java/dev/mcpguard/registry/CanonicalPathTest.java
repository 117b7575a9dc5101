package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row B11 of threats.md. */
final class CanonicalPathTest {
  private static CanonicalPath path(String text) {
    return Objects.requireNonNull(CanonicalPath.ofText(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/data/../etc/passwd",
        "..",
        "../x",
        "/data/..",
        "/data/x/../y",
        "/data/...",
        "/data/.. /x",
        "/data/. ./x",
        "/data/x.",
        "/data/x ",
        "/data/%2e%2e/x",
        "/data/%2E%2E%2Fx",
        "/data/%252e%252e/x",
        "/data/..%2fetc",
        "/data/%c0%ae%c0%ae/x",
        "/data/%u002e/x",
        "/data/100%",
        "\\data\\x",
        "/data\\..\\x",
        "/data/..\\x",
        "C:/data",
        "c:\\data",
        "//server/share",
        "///data",
        "~/x",
        "~root/x",
        "file:///data",
        "file:/data",
        "./~/x",
        "/data/x\0.txt",
        "\0",
        "/data/x\n",
        "/data/\u007fx",
        "/data/\u202Etxt",
        "/data/\u200B",
        "/data/\uFF0E\uFF0E/x",
        "/data\uFF0Fx",
        "/data/\u2025/x",
        "/data/e\u0301",
        "/data/\u2024\u2024/x",
        "/data/\u2028x",
        "/data/x/.. ",
        "/data/ ../x",
        "./..",
        "a/../b"
      })
  void whatCannotBeCanonicalisedIsRefused_B11(String text) {
    assertNull(CanonicalPath.ofText(text));
  }

  @Test
  void veryLongPathIsRefused_B11() {
    assertNotNull(CanonicalPath.ofText("/" + "a".repeat(4095)));
    assertNull(CanonicalPath.ofText("/" + "a".repeat(4096)));
  }

  @ParameterizedTest
  @CsvSource({
    "/data, /data, true",
    "/data, /data/, true",
    "/data/, /data/x, true",
    "/data, /data//x/./y, true",
    "/data, /data/x/y.txt, true",
    "/data, /data/.hidden, true",
    "/data, /data/a..b, true",
    "/data, /data/12:30.log, true",
    "/data, /data/é, true",
    "/data, /database, false",
    "/data, /data.bak, false",
    "/data, /Data/x, false",
    "/data, /dat, false",
    "/data, /, false",
    "/data, data/x, false",
    "/data, /x/data, false",
    "/, /etc/passwd, true",
    "/data/a, /data/b, false",
    "docs, docs/x, true",
    "docs, /docs/x, false",
    "., x/y, true",
    "., /x, false",
  })
  void wholeComponentsAreCompared_B11(String folder, String text, boolean inside) {
    assertEquals(inside, path(folder).contains(path(text)));
  }

  @Test
  void separatorsAndDotsAreNoDifference() {
    assertEquals(path("/a/b"), path("/a/./b//"));
    assertEquals(List.of("a", "b"), path("a/b").components());
    assertFalse(path("a").equals(path("/a")));
  }
}
