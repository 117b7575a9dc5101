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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The canonical bytes of a leaf but for its sequence number, which the committer fills in: the
 * costly part is done on the caller's thread.
 */
record LeafDraft(byte[] head, byte[] tail) {
  /** The most bytes an entry of a tlog-tiles bundle can hold. */
  static final int MAX_BYTES = 65_535;

  private static final int SEQUENCE_DIGITS = 19;
  private static final int EMPTY_OBJECT = 2;
  private static final String SEQUENCE = "seq";
  private static final byte[] BEFORE_SEQUENCE = ",\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final JsonNumber SCHEMA = JsonNumber.of(1);

  static LeafDraft of(CallRecord record, List<SealedPayload> payloads)
      throws RecordTooLargeException {
    Map<String, JsonValue> members = new HashMap<>(64);
    members.putAll(record.body().members());
    members.put("schema", SCHEMA);
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
    return written(members);
  }

  /** The members before the sequence number and those after it, each in canonical order. */
  private static LeafDraft written(Map<String, JsonValue> members) throws RecordTooLargeException {
    JsonObject.Builder before = JsonObject.builder();
    JsonObject.Builder after = JsonObject.builder();
    members.forEach(
        (name, value) -> (name.compareTo(SEQUENCE) < 0 ? before : after).put(name, value));
    byte[] opening = CanonicalJson.bytes(before.build());
    byte[] closing = CanonicalJson.bytes(after.build());
    // INVARIANT: the first is not empty: `decision_id` comes before `seq`
    byte[] head = Arrays.copyOf(opening, opening.length - 1 + BEFORE_SEQUENCE.length);
    System.arraycopy(BEFORE_SEQUENCE, 0, head, opening.length - 1, BEFORE_SEQUENCE.length);
    byte[] tail = closing.clone();
    tail[0] = ',';
    if (tail.length == EMPTY_OBJECT) {
      tail = new byte[] {'}'};
    }
    int largest = head.length + SEQUENCE_DIGITS + tail.length;
    if (largest > MAX_BYTES) {
      throw new RecordTooLargeException(largest);
    }
    return new LeafDraft(head, tail);
  }

  /** The leaf names the digest of every payload; a redacted one beside that of the original. */
  private static void name(SealedPayload payload, Map<String, JsonValue> members) {
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
