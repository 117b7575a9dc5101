package dev.mcpguard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/controls.md} claims can be followed: every test and every place it names exists. */
final class ControlsTest {
  private static final Pattern TEST = Pattern.compile("\\b[A-Z][A-Za-z0-9]+Test\\b");
  private static final Pattern SHORT_NAME = Pattern.compile("\\*\\*([a-z]+)\\*\\* = ");

  private static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/controls.md"))) {
        return at;
      }
    }
    throw new AssertionError("no docs/controls.md above this folder");
  }

  private static String page() throws IOException {
    return Files.readString(root().resolve("docs/controls.md"));
  }

  private static Set<String> tests() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module : List.of("rego", "tool-registry", "mcp-guard", "samples")) {
      collect(root().resolve(module).resolve("src/test/java"), names);
    }
    collect(root().resolve("src/test/java"), names);
    return names;
  }

  private static void collect(Path folder, Set<String> names) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .map(file -> String.valueOf(file.getFileName()))
            .filter(name -> name.endsWith("Test.java"))
            .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
      }
    }
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> existing = tests();
    Set<String> missing = new TreeSet<>();
    int named = 0;
    for (Matcher test = TEST.matcher(page()); test.find(); named++) {
      if (!existing.contains(test.group())) {
        missing.add(test.group());
      }
    }
    assertTrue(named > 40, "only " + named + " tests are named");
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyRowNamesAControlWithATestOrSaysWhatIsNotCovered() throws IOException {
    String page = page();
    Set<String> shortNames = new HashSet<>();
    for (Matcher name = SHORT_NAME.matcher(page); name.find(); ) {
      shortNames.add(name.group(1));
    }
    assertTrue(shortNames.size() > 6, shortNames::toString);
    int rows = 0;
    for (String line : page.lines().filter(each -> each.startsWith("|")).skip(2).toList()) {
      String[] cells = line.substring(1).split("\\|", -1);
      String control = cells[2];
      boolean shown =
          TEST.matcher(control).find()
              || Stream.of(control.split("[^a-z]+")).anyMatch(shortNames::contains);
      boolean empty = control.isBlank() && !cells[3].isBlank();
      assertTrue(shown || empty, () -> "neither a test nor a word for what is missing: " + line);
      rows++;
    }
    assertTrue(rows > 50, "only " + rows + " rows");
  }
}
