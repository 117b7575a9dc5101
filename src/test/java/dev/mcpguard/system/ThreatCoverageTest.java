package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/threats-covered.md} true: every threat and incident of {@code threats.tsv} and
 * {@code incidents.tsv} with the tests that prove it. {@code -Dmcpguard.write=true} writes the page
 * anew. A threat without a test fails unless it is listed in {@code threats-open.tsv} with the reason.
 */
class ThreatCoverageTest {
  private static final Path REPOSITORY = GuardHome.repository();
  private static final Path RESOURCES = REPOSITORY.resolve("src/test/resources");
  private static final Path PAGE = REPOSITORY.resolve("docs/threats-covered.md");
  private static final String REMEDY =
      ": docs/threats-covered.md is out of date, run this test with -Dmcpguard.write=true";
  private static final int THREATS = 83;

  private static Map<String, List<String>> table(String file) throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(RESOURCES.resolve(file))) {
      List<String> cells = List.of(line.split("\t", -1));
      assertEquals(null, rows.put(cells.getFirst(), cells.subList(1, cells.size())), line);
    }
    return rows;
  }

  @Test
  void everyThreatHasATestOrAReason() throws IOException {
    ThreatIndex index = ThreatIndex.of(REPOSITORY);
    Map<String, List<String>> threats = table("threats.tsv");
    assertEquals(THREATS, threats.size());
    Set<String> open = new TreeSet<>();
    threats.keySet().stream().filter(id -> index.tests(id).isEmpty()).forEach(open::add);
    open.removeAll(table("threats-open.tsv").keySet());
    assertEquals(Set.of(), open, "threats without a test or a reason");
    Set<String> unknown = new TreeSet<>(index.named());
    unknown.removeAll(threats.keySet());
    assertEquals(Set.of(), unknown, "tests that name a threat which does not exist");
  }

  @Test
  void everyIncidentIsReplayedByATestThatExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<String>> incident : table("incidents.tsv").entrySet()) {
      for (String test : incident.getValue().getLast().split(" ", -1)) {
        String[] parts = test.split("\\.", -1);
        if (parts.length != 2 || !declares(parts[0], parts[1])) {
          missing.add(incident.getKey() + ": `" + test + "`");
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static boolean declares(String testClass, String method) throws IOException {
    try (var files = Files.walk(REPOSITORY)) {
      for (Path file :
          files.filter(each -> each.endsWith(testClass + ".java")).toList()) {
        if (Files.readString(file).contains(" " + method + "(")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Tests that are newer than the page do no harm; a test that is gone, or a threat left out, does. */
  @Test
  void thePageNamesEveryThreatAndOnlyTestsThatExist() throws IOException {
    if (Boolean.getBoolean("mcpguard.write")) {
      Files.writeString(PAGE, page());
    }
    ThreatIndex index = ThreatIndex.of(REPOSITORY);
    Map<String, String> proofs = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5) {
        proofs.put(cells[1].strip(), cells[3]);
      }
    }
    for (String threat : table("threats.tsv").keySet()) {
      Set<String> gone = new TreeSet<>(List.of(proofs.getOrDefault(threat, "").split("`", -1)));
      assertTrue(proofs.containsKey(threat), threat + " is not on the page");
      gone.removeIf(each -> each.isBlank() || each.contains("**open**"));
      gone.removeAll(index.tests(threat));
      assertEquals(Set.of(), gone, threat + REMEDY);
    }
  }

  private static String page() throws IOException {
    ThreatIndex index = ThreatIndex.of(REPOSITORY);
    Map<String, List<String>> open = table("threats-open.tsv");
    StringBuilder out =
        new StringBuilder(
            """
            # Threats and the tests that prove them
            Written from the sources by `ThreatCoverageTest` (`-Dmcpguard.write=true`), which fails when this page, a threat or a test is
            missing. A test proves a threat when its name begins with the id; a class without such a method is listed when its Javadoc
            names the id. Refusals are asserted on a recording tool server: no call, exactly one record, an answer that leaks nothing, and
            a good call that works afterwards.

            | Id | Threat | Tests |
            |---|---|---|
            """);
    for (Map.Entry<String, List<String>> threat : table("threats.tsv").entrySet()) {
      Set<String> tests = index.tests(threat.getKey());
      String proof =
          tests.isEmpty()
              ? "**open**: " + open.getOrDefault(threat.getKey(), List.of("")).getFirst()
              : "`" + String.join("` `", tests) + "`";
      row(out, threat.getKey(), threat.getValue().getFirst(), proof);
    }
    out.append("\n## Incidents of others, replayed\n| Incident | Fault | Lesson | Test |\n|---|---|---|---|\n");
    for (Map.Entry<String, List<String>> incident : table("incidents.tsv").entrySet()) {
      List<String> cells = incident.getValue();
      row(out, incident.getKey(), cells.get(0), cells.get(1), "`" + cells.get(2).replace(" ", "` `") + "`");
    }
    return out.toString();
  }

  private static void row(StringBuilder out, String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
