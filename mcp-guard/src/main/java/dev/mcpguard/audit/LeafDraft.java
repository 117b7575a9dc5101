package dev.mcpguard.audit;

import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordTooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * The canonical bytes of a leaf but for its sequence number, which the committer fills in: the
 * costly part is done on the caller's thread.
 */
record LeafDraft(byte[] head, byte[] tail) {
  /** The most bytes an entry of a tlog-tiles bundle can hold. */
  static final int MAX_BYTES = 65_535;

  private static final int SEQUENCE_DIGITS = 19;
  private static final String SEQUENCE = "seq";

  static LeafDraft of(CallRecord record, List<SealedPayload> payloads)
      throws RecordTooLargeException {
    TreeMap<String, JsonValue> members = new TreeMap<>(record.body().members());
    members.put("schema", JsonNumber.of(1));
    members.put("kind", new JsonString(record.kind().text()));
    members.put("decision_id", new JsonString(record.decisionId()));
    members.remove(SEQUENCE);
    for (SealedPayload payload : payloads) {
      name(payload, members);
    }
    if (!payloads.isEmpty()) {
      // said in the leaf, so that a payload taken away without a note is missed
      members.put(
          "payloads", JsonArray.ofStrings(payloads.stream().map(SealedPayload::role).toList()));
    }
    String before = CanonicalJson.text(new JsonObject(members.headMap(SEQUENCE)));
    String after = CanonicalJson.text(new JsonObject(members.tailMap(SEQUENCE)));
    // INVARIANT: `before` is never empty: decision_id and kind sort before seq
    String head = before.substring(0, before.length() - 1) + ",\"" + SEQUENCE + "\":";
    String tail = after.length() == 2 ? "}" : "," + after.substring(1);
    LeafDraft draft =
        new LeafDraft(
            head.getBytes(StandardCharsets.UTF_8), tail.getBytes(StandardCharsets.UTF_8));
    int largest = draft.head.length + SEQUENCE_DIGITS + draft.tail.length;
    if (largest > MAX_BYTES) {
      throw new RecordTooLargeException(largest);
    }
    return draft;
  }

  /** The leaf names the digest of every payload; a redacted one beside that of the original. */
  private static void name(SealedPayload payload, TreeMap<String, JsonValue> members) {
    JsonString digest = new JsonString(payload.digest().text());
    JsonValue named = members.putIfAbsent(payload.role() + "_digest", digest);
    if (named != null && !named.equals(digest)) {
      members.put(payload.role() + "_kept_digest", digest);
    }
  }

  byte[] leaf(long sequence) {
    byte[] digits = Long.toString(sequence).getBytes(StandardCharsets.US_ASCII);
    byte[] leaf = new byte[head.length + digits.length + tail.length];
    System.arraycopy(head, 0, leaf, 0, head.length);
    System.arraycopy(digits, 0, leaf, head.length, digits.length);
    System.arraycopy(tail, 0, leaf, head.length + digits.length, tail.length);
    return leaf;
  }
}
