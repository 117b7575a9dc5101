package dev.mcpguard.audit.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.CallLogSettings;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.Records;
import dev.mcpguard.audit.SegmentedCallLog;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planner had a researcher asked by a writer; outcomes name neither task nor trace. */
final class CallChainTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    CallLogSettings settings = CallLogSettings.of(folder, "one").withDisk(0, 0);
    try (SegmentedCallLog log = SegmentedCallLog.open(settings, Records.CLOCK)) {
      log.admit(record(RecordKind.ADMISSION, "d-0", ",\"intent\":{\"task\":\"T-1\"}"));
      log.admit(record(RecordKind.ADMISSION, "d-1", ",\"intent\":{\"task\":\"T-2\"}"));
      log.settle(record(RecordKind.OUTCOME, "d-0", ",\"fate\":\"executed\""));
      log.settle(
          record(
              RecordKind.REFUSAL, "d-2", ",\"intent\":{\"task\":\"T-1\"},\"reason\":\"scope-missing\""));
      log.settle(record(RecordKind.OUTCOME, "d-1", ",\"fate\":\"executed\""));
    }
  }

  private static CallRecord record(RecordKind kind, String id, String more) throws Exception {
    String text =
        "{\"time\":\"t\",\"decision\":{\"result\":\"" + (kind == RecordKind.REFUSAL ? "deny" : "permit")
            + "\"},\"principal\":{\"agent\":\"planner\",\"owner\":\"ann\",\"delegation\":"
            + "[{\"subject\":\"writer\"},{\"subject\":\"researcher\"}]},"
            + "\"tool\":{\"server\":\"notes\",\"name\":\"find\",\"class\":\"read\"}" + more + "}";
    JsonObject body =
        StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    return new CallRecord(kind, id, body, Map.of());
  }

  private CallChain chain(CallFilter filter) throws Exception {
    return CallChain.of(new CallLogQuery(new CallLogReader(folder, null)), filter);
  }

  @Test
  void treeGoesFromWhoWasActedForToWhoActedLast() throws Exception {
    assertEquals(
        """
        task T-1
        └─ agent planner (ann)
           └─ asked researcher
              └─ asked writer
                 ├─ t notes/find [read] permit (one:0, d-0) -> executed
                 └─ t notes/find [read] deny scope-missing (one:3, d-2)
        """,
        chain(CallFilter.all().with(Column.TASK, "T-1")).text());
    assertTrue(chain(CallFilter.all().with(Column.TASK, "T-3")).empty());
  }

  /** A name is a name at its issuer. */
  @Test
  void actorsOfTwoIssuersAreTwo() throws Exception {
    CallChain chain = new CallChain();
    int sequence = 0;
    for (String issuer : new String[] {"https://a", "https://b"}) {
      String leaf =
          "{\"decision_id\":\"d-" + issuer + "\",\"kind\":\"refusal\",\"principal\":{\"delegation\":"
              + "[{\"issuer\":\"" + issuer + "\",\"subject\":\"svc\"}]},\"shortened\":true}";
      chain.add(new LogEntry("one", sequence++, leaf.getBytes(StandardCharsets.UTF_8)));
    }
    assertTrue(chain.text().contains("asked svc of https://a\n"), chain.text());
    assertTrue(chain.text().contains("asked svc of https://b\n"), chain.text());
    assertTrue(chain.text().contains("what policy said is not in it"), chain.text());
    assertEquals(2, CanonicalJson.text(chain.json()).split("actor", -1).length - 1);
  }

  @Test
  void jsonSaysTheSame() throws Exception {
    String json = CanonicalJson.text(chain(CallFilter.all().with(Column.AGENT, "planner")).json());
    assertTrue(json.contains("\"actor\":{\"subject\":\"researcher\"},\"next\":[{\"actor\""), json);
    assertTrue(json.contains("\"fate\":\"executed\""), json);
    assertTrue(json.contains("\"task\":\"T-2\""), json);
    assertFalse(json.contains("awaited"), json);
  }
}
