package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        "a-",
        "A",
        "a_b",
        "a.b",
        "a b",
        "é",
        "a\0",
        "a\n",
        "abcdefghijklmnopqrstuvwxyz0123456"
      })
  void badServerIdIsRefused(String text) {
    assertNull(ServerId.ofText(text));
    assertThrows(IllegalArgumentException.class, () -> new ServerId(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "é", "a\0", "a\n", "аdmin", "\u202Ea", "a:b", "*"})
  void badToolNameIsRefused_C3(String text) {
    assertNull(ToolName.ofText(text));
    assertThrows(IllegalArgumentException.class, () -> new ToolName(text));
  }

  @Test
  void noTwoToolsShareAnExposedNameAndEachIsReadBack_E3() {
    long seed = new Random().nextLong();
    System.out.println("NamesTest seed " + seed);
    Random random = new Random(seed);
    Map<String, ExposedName> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      ServerId server = ServerId.ofText(text(random, "ab-", 4));
      ToolName tool = ToolName.ofText(text(random, "ab_.-", 5));
      if (server != null && tool != null) {
        ExposedName exposed = new ExposedName(server, tool);
        ExposedName other = seen.putIfAbsent(exposed.text(), exposed);
        assertEquals(exposed, other == null ? exposed : other);
        assertEquals(exposed, ExposedName.ofText(exposed.text()));
      }
    }
  }

  private static String text(Random random, String letters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void namesThatCannotBeAreNull() {
    assertNull(ExposedName.ofText("read"));
    assertNull(ExposedName.ofText("__read"));
    assertNull(ExposedName.ofText("a__"));
    assertNull(ExposedName.ofText("A__read"));
    assertNull(ExposedName.ofText("a__" + "b".repeat(126)));
    assertEquals(
        "__x", java.util.Objects.requireNonNull(ExposedName.ofText("a____x")).tool().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "env:",
        "env:1A",
        "env:A B",
        "file:",
        "file:relative",
        "sk-123",
        "ENV:A",
        "env:A\n"
      })
  void badSecretReferenceIsRefused(String text) {
    assertNull(SecretReference.ofText(text));
  }
}
