package dev.mcpguard.samples.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.samples.server.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotebookTest {
  @TempDir Path folder;
  private Notebook notes;

  @BeforeEach
  void open() throws IOException {
    notes = new Notebook(folder.resolve("notes"));
  }

  @Test
  void startsWithSomeNotesAndOnlyOnce() throws Exception {
    assertTrue(notes.list("/").contains("/private/salaries.md"));
    notes.delete("/private/salaries.md");
    assertEquals(3, new Notebook(folder.resolve("notes")).list("/").size());
  }

  @Test
  void writtenNoteIsReadAgainAfterRestart() throws Exception {
    notes.write("/projects/new/idea.md", "grün\n");
    Notebook later = new Notebook(folder.resolve("notes"));
    assertEquals("grün\n", later.read("/projects/new/idea.md"));
    later.write("/projects/new/idea.md", "other");
    assertEquals("other", notes.read("/projects/new/idea.md"));
  }

  @Test
  void searchFindsLinesOfTheFolderOnly() throws Exception {
    assertEquals(
        List.of("/projects/apollo/plan.md: - April: switch the readers"),
        notes.search("/projects/apollo", "SWITCH"));
    assertEquals(List.of(), notes.search("/projects", "salaries"));
  }

  @Test
  void purgeDeletesEveryNoteBelow() throws Exception {
    assertEquals(2, notes.purge("/projects/apollo"));
    assertEquals(List.of("/projects/borealis.md"), notes.list("/projects"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "projects/a.md",
        "/../outside.md",
        "/projects/../../outside.md",
        "/a\\b",
        "/a\0b"
      })
  void pathOutsideIsRefused(String path) throws IOException {
    Files.writeString(folder.resolve("outside.md"), "secret");
    assertThrows(UserErrorException.class, () -> notes.read(path));
    assertThrows(UserErrorException.class, () -> notes.write(path, "x"));
  }

  @Test
  void linkThatLeadsOutIsRefused() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret.md"), "secret");
    Files.createSymbolicLink(folder.resolve("notes/projects/link"), outside);
    assertThrows(UserErrorException.class, () -> notes.read("/projects/link/secret.md"));
    assertThrows(UserErrorException.class, () -> notes.write("/projects/link/new.md", "x"));
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThrows(UserErrorException.class, () -> notes.read("/projects/none.md"));
    assertThrows(UserErrorException.class, () -> notes.delete("/projects"));
    assertThrows(UserErrorException.class, () -> notes.list("/none"));
    assertThrows(UserErrorException.class, () -> notes.write("/projects", "x"));
  }
}
