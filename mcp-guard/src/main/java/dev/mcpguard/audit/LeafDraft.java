package dev.mcpguard.audit;

import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.CanonicalBytes;
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
  private static final String SEQUENCE = "seq";
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
      members.put("sealed", sealed(payloads));
    }
    return written(members);
  }

  /** What lies beside the leaf, so that a change of it is seen by who cannot open it. */
  private static JsonObject sealed(List<SealedPayload> payloads) {
    JsonObject.Builder sealed = JsonObject.builder();
    for (SealedPayload payload : payloads) {
      JsonObject digests =
          JsonObject.builder()
              .put("key", payload.keyDigest().text())
              .put("text", payload.sealedDigest().text())
              .build();
      sealed.put(payload.role(), digests);
    }
    return sealed.build();
  }

  /** Both parts in one pass: the members in order, cut where the sequence number belongs. */
  private static LeafDraft written(Map<String, JsonValue> members) throws RecordTooLargeException {
    String[] names = members.keySet().toArray(new String[0]);
    Arrays.sort(names);
    CanonicalBytes out = new CanonicalBytes().structure('{');
    int next = 0;
    for (; next < names.length && names[next].compareTo(SEQUENCE) < 0; next++) {
      member(names[next], members, out).structure(',');
    }
    byte[] head = out.string(SEQUENCE).structure(':').take();
    for (; next < names.length; next++) {
      member(names[next], members, out.structure(','));
    }
    byte[] tail = out.structure('}').take();
    int largest = head.length + SEQUENCE_DIGITS + tail.length;
    if (largest > MAX_BYTES) {
      throw new RecordTooLargeException(largest);
    }
    return new LeafDraft(head, tail);
  }

  private static CanonicalBytes member(
      String name, Map<String, JsonValue> members, CanonicalBytes out) {
    out.string(name);
    JsonValue value = members.get(name);
    return value == null ? out : out.structure(':').value(value);
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
