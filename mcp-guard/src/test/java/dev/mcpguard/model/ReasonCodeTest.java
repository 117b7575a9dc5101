package dev.mcpguard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One spelling of every reason, in Java, Rego and the docs. */
class ReasonCodeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void theDocsListExactlyTheCodesThereAre() throws IOException {
    Set<String> documented = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/reason-codes.md"))) {
      Matcher row = Pattern.compile("^\\| `([a-z-]+)` \\|").matcher(line);
      if (row.find()) {
        documented.add(row.group(1));
      }
    }
    Set<String> known =
        Arrays.stream(ReasonCode.values())
            .map(ReasonCode::text)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, documented);
  }

  @Test
  void everyCodeThatPolicyGivesIsOne() throws IOException {
    Pattern given = Pattern.compile("\"code\": \"([a-z-]+)\"|^\\s*\"[a-z-]+\": \"([a-z-]+)\",$");
    int seen = 0;
    for (Path module : modules()) {
      for (String line : Files.readAllLines(module)) {
        Matcher code = given.matcher(line);
        while (code.find()) {
          String text = code.group(1) != null ? code.group(1) : code.group(2);
          if (!text.equals("permitted")) {
            assertNotNull(ReasonCode.ofText(text), () -> module + ": `" + text + "`");
            seen++;
          }
        }
      }
    }
    assertTrue(seen > 10, "the pattern no longer finds the codes of the policies");
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("policies"))) {
      return files
          .filter(file -> file.toString().endsWith(".rego") && !file.toString().endsWith("_test.rego"))
          .toList();
    }
  }

  @Test
  void textsReadBack() {
    for (ReasonCode code : ReasonCode.values()) {
      assertEquals(code, ReasonCode.ofText(code.text()));
    }
  }
}
