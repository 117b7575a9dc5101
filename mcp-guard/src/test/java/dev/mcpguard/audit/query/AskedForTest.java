package dev.mcpguard.audit.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person reads of records that have no registered tool. */
final class AskedForTest {
  private static final String CHANGED =
      "{\"asked\":{\"server\":\"tickets\",\"tool\":\"find\"},\"decision_id\":\"d-2\","
          + "\"kind\":\"refusal\",\"method\":\"tools/call\",\"principal\":{\"agent\":\"reader\"},"
          + "\"reason\":\"tool-changed\",\"seq\":2,\"time\":\"t\"}";
  private static final String UNKNOWN =
      "{\"decision_id\":\"d-3\",\"kind\":\"refusal\",\"method\":\"\",\"principal\":{},"
          + "\"reason\":\"unauthenticated\",\"seq\":3,\"time\":\"t\"}";
  private static final String CALL =
      "{\"decision\":{\"result\":\"permit\"},\"decision_id\":\"d-4\",\"kind\":\"admission\","
          + "\"method\":\"tools/call\",\"seq\":4,\"time\":\"t\",\"tool\":{\"class\":\"read\","
          + "\"name\":\"find\",\"sensitivity\":\"internal\",\"server\":\"tickets\"}}";
  private static final String EVENT =
      "{\"decision_id\":\"e-1\",\"event\":{\"server\":\"tickets\",\"tool\":\"find\","
          + "\"type\":\"tool-served\"},\"kind\":\"event\",\"seq\":5,\"time\":\"t\"}";

  private static LogEntry entry(String leaf) {
    return new LogEntry("one", 7, leaf.getBytes(StandardCharsets.UTF_8));
  }

  private static String chain(String leaf) {
    CallChain chain = new CallChain();
    chain.add(entry(leaf));
    return chain.text();
  }

  private static String shown(String leaf) throws Exception {
    JsonObject record =
        StrictJson.parseObject(leaf.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    return RecordView.of(record, null, Map.of(), List.of());
  }

  @Test
  void chainNamesWhatARefusedRequestAskedFor() {
    assertTrue(
        chain(CHANGED).contains("t tickets/find refused before policy was asked tool-changed"),
        chain(CHANGED));
    assertTrue(
        chain(UNKNOWN).contains("t nothing that was read refused before policy was asked unauthenticated"),
        chain(UNKNOWN));
    assertTrue(chain(CALL).contains("t tickets/find [read, internal] permit"), chain(CALL));
  }

  @Test
  void showTellsTheStoryOfWhateverRecordItIs() throws Exception {
    assertTrue(
        shown(CHANGED)
            .contains(
                "reader asked for tickets/find by tools/call\n"
                    + "  refused before policy was asked, reason tool-changed\n"),
        shown(CHANGED));
    assertTrue(shown(UNKNOWN).contains("nobody known asked for nothing that was read\n"));
    assertTrue(shown(CALL).contains("asked for tickets/find [read, internal] by tools/call"));
    assertTrue(shown(EVENT).contains("event 5  e-1\n  tool-served\nINPUTS"), shown(EVENT));
  }

  @Test
  void eventsAreFoundByTheToolTheyAreAbout() {
    assertTrue(RecordTable.line(entry(EVENT)).contains("tickets/find"));
    CallStatistics statistics = new CallStatistics();
    statistics.add(entry(EVENT));
    assertEquals(
        "{\"tickets/find\":1}",
        dev.mcpguard.json.JsonText.text(
            java.util.Objects.requireNonNull(statistics.json().object("tool"))));
  }
}
