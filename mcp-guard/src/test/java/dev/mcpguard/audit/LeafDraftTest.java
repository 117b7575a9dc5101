package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeafDraftTest {
  private static final List<String> NAMES =
      List.of(
          "a", "agents_revision", "decision_id", "kind", "payloads", "principal", "schema", "sep", "seq",
          "seqs", "session", "time", "zz", "é");

  @Test
  void leafIsTheCanonicalJsonOfBodyAndWhatTheLogSays() throws Exception {
    long seed = System.nanoTime();
    System.out.println("LeafDraftTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<String> names = new ArrayList<>(NAMES.subList(0, random.nextInt(NAMES.size() + 1)));
      if (random.nextBoolean()) {
        Collections.shuffle(names, random);
      }
      JsonObject.Builder body = JsonObject.builder();
      for (String name : names) {
        body.put(name, name + " says another");
      }
      CallRecord record = new CallRecord(RecordKind.EVENT, "01X", body.build(), Map.of());
      JsonObject expected =
          record
              .body()
              .with("decision_id", new JsonString("01X"))
              .with("kind", new JsonString("event"))
              .with("schema", JsonNumber.of(1))
              .with("seq", JsonNumber.of(round));
      assertEquals(
          CanonicalJson.text(expected),
          new String(LeafDraft.of(record, List.of()).leaf(round), StandardCharsets.UTF_8));
    }
  }
}
