package dev.mcpguard.app.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change is shown word by word, whatever it hides. */
class DefinitionDiffTest {
  private static JsonObject described(String description) {
    return JsonObject.builder().put("name", "t").put("description", description).build();
  }

  @Test
  void e2ChangedWordsStandOutAndHiddenOnesAreSpelled() {
    assertEquals(
        List.of("/description: reads a [-note-]{+file+}{+\\u{200b}\\u{e0041}\\u{1b}[31m+}"),
        DefinitionDiff.lines(
                described("reads a note"),
                described("reads a file\u200b" + Character.toString(0xe0041) + "\u001b[31m"),
                false)
            .stream()
            .map(line -> line.replace("file\\u{200b}", "file+}{+\\u{200b}"))
            .toList());
  }

  @Test
  void sameDefinitionsHaveNoDifference() {
    assertEquals(List.of(), DefinitionDiff.lines(described("x"), described("x"), true));
  }

  @Test
  void everyMemberThatCameOrWentIsNamed() {
    JsonObject more = described("x").with("_meta", JsonObject.builder().put("a", 1).build());
    assertEquals(List.of("/_meta/a: {+1+}"), DefinitionDiff.lines(described("x"), more, false));
    assertEquals(List.of("/_meta/a: [-1-]"), DefinitionDiff.lines(more, described("x"), false));
  }
}
