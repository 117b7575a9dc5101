package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.export.CloudEvents;
import dev.mcpguard.audit.export.Csv;
import dev.mcpguard.audit.export.Ocsf;
import dev.mcpguard.audit.export.OpaDecisionLog;
import dev.mcpguard.audit.query.CallChain;
import dev.mcpguard.audit.query.CallFilter;
import dev.mcpguard.audit.query.CallLogQuery;
import dev.mcpguard.audit.query.CallStatistics;
import dev.mcpguard.audit.query.Column;
import dev.mcpguard.audit.query.RecordTable;
import dev.mcpguard.audit.query.RecordView;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile strings make one record each, come back unchanged and never command a terminal (F5). */
final class HostileRecordsTest {
  private static final List<String> OWN =
      List.of(
          "", "\r\n{\"seq\":0}", "\u001b[2J\u001b]0;owned\u0007", "a\u0000b", "\u2028\u2029",
          "\"},{\"kind\":\"outcome\"", "\\", "\\u0000", "\u202ereversed", "\ud83d\ude00", "\u007f",
          "=cmd|'/c calc'!A1", "MG1LMG1P", "\uffff", "x".repeat(20_000));

  @TempDir Path folder;

  private static List<String> strings() throws Exception {
    List<String> strings = new ArrayList<>(OWN);
    byte[] corpus = corpus();
    if (corpus.length == 0) {
      System.err.println("SKIPPED in part: no shared/corpora/blns.json above this directory");
      return strings;
    }
    JsonValue parsed = StrictJson.parse(corpus, JsonLimits.message());
    collect(parsed, strings);
    assertTrue(strings.size() > 400, "only " + strings.size());
    return strings;
  }

  private static void collect(JsonValue value, List<String> strings) {
    if (value instanceof JsonString string) {
      strings.add(string.value());
    } else if (value instanceof JsonArray array) {
      array.values().forEach(each -> collect(each, strings));
    } else if (value instanceof JsonObject object) {
      object.members().values().forEach(each -> collect(each, strings));
    }
  }

  private static byte[] corpus() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/corpora/blns.json");
      if (Files.isRegularFile(file)) {
        return Files.readAllBytes(file);
      }
    }
    return new byte[0];
  }

  private static CallRecord record(String hostile, int number) {
    // the strict parser refuses NUL in names
    String name = hostile.replace("\u0000", "");
    JsonObject principal =
        JsonObject.builder()
            .put("agent", hostile)
            .put("owner", hostile)
            .put("claims", JsonObject.builder().put("x" + name, hostile).build())
            .build();
    JsonObject tool =
        JsonObject.builder().put("server", "s").put("name", hostile).put("class", "read").build();
    JsonObject body =
        Records.body()
            .put("principal", principal)
            .put("tool", tool)
            .put("reason", hostile)
            .put("arguments", hostile)
            .build();
    return new CallRecord(RecordKind.OUTCOME, "h-" + number, body, Map.of());
  }

  @Test
  void everyHostileStringMakesOneRecordThatComesBackF5() throws Exception {
    List<String> strings = strings();
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      for (int i = 0; i < strings.size(); i++) {
        String hostile = strings.get(i);
        log.settle(record(hostile.length() > 10_000 ? hostile.substring(0, 9_000) : hostile, i));
      }
    }
    CallLogReader reader = new CallLogReader(folder, null);
    CallStatistics statistics = new CallStatistics();
    CallChain chain = new CallChain();
    int count = 0;
    try (LogCursor cursor = reader.cursor("one", 0)) {
      for (LogEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        JsonObject json = entry.json();
        assertEquals("h-" + count++, json.string("decision_id"));
        JsonObject principal = json.object("principal");
        assertNotNull(principal);
        String agent = principal.string("agent");
        assertTrue(strings.contains(agent) || "x".repeat(9_000).equals(agent));
        assertArrayEquals(CanonicalJson.bytes(json), entry.leaf());
        statistics.add(entry);
        chain.add(refused(json, entry));
        harmless(RecordTable.line(entry), false);
        harmless(RecordView.of(json, json, Map.of("arguments", agent + ""), List.of("p")), true);
        Ocsf.of(json, "one", true);
        CloudEvents.of(json, "guard.example/one");
        OpaDecisionLog.of(json, "one");
        Csv.row(json, "one");
      }
    }
    assertEquals(strings.size(), count);
    harmless(statistics.text(), true);
    long shown = chain.text().lines().count();
    assertTrue(shown > strings.size(), "only " + shown + " lines in the tree");
    harmless(chain.text(), true);
    List<Long> found = new ArrayList<>();
    new CallLogQuery(reader)
        .each(CallFilter.all().with(Column.AGENT, OWN.get(2)), e -> found.add(e.sequence()));
    assertEquals(List.of(2L), found);
  }

  /** The same as a refusal, which the tree shows. */
  private static LogEntry refused(JsonObject record, LogEntry entry) {
    JsonObject refusal = record.with("kind", new JsonString("refusal"));
    return new LogEntry(entry.instance(), entry.sequence(), CanonicalJson.bytes(refusal));
  }

  private static void harmless(String text, boolean lines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean commands = c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e);
      assertTrue(!commands || (lines && c == '\n'), () -> "U+" + Integer.toHexString(c));
    }
  }

  @Test
  void encodeDecodeEncodeIsByteStable() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      JsonObject body =
          JsonObject.builder()
              .put(text(random), text(random))
              .put("z" + text(random), random.nextLong())
              .put("o", JsonObject.builder().put(text(random), text(random)).build())
              .build();
      CallRecord record = new CallRecord(RecordKind.REFUSAL, "d" + text(random), body, Map.of());
      byte[] leaf = LeafDraft.of(record, List.of()).leaf(random.nextLong(Long.MAX_VALUE));
      JsonObject decoded = new LogEntry("one", 0, leaf).json();
      String shown = new String(leaf, StandardCharsets.UTF_8);
      assertArrayEquals(leaf, CanonicalJson.bytes(decoded), shown);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      int point = random.nextInt(4) == 0 ? random.nextInt(0x10ffff) : 1 + random.nextInt(0x7f);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point == 0 ? 1 : point);
      }
    }
    return text.toString();
  }

  @Test
  void formulasInCsvAreDefused() {
    CallRecord record = record("=cmd|'/c calc'!A1", 0);
    assertTrue(Csv.row(record.body(), "one").contains(",'=cmd|'/c calc'!A1,"));
  }
}
