package dev.mcpguard.audit;

import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.CanonicalBytes;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.OrderedMembers;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordTooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    JsonObject body = record.body();
    if (body.has(SEQUENCE)) {
      body = body.without(SEQUENCE);
    }
    JsonObject.Builder own =
        JsonObject.builder()
            .put("decision_id", record.decisionId())
            .put("kind", record.kind().text())
            .put("schema", SCHEMA);
    for (SealedPayload payload : payloads) {
      name(payload, body, own);
    }
    if (!payloads.isEmpty()) {
      // said in the leaf, so that a payload taken away without a note is missed
      own.put("payloads", JsonArray.ofStrings(payloads.stream().map(SealedPayload::role).toList()));
      own.put("sealed", sealed(payloads));
    }
    return written(new OrderedMembers(body), new OrderedMembers(own.build()));
  }

  /** What lies beside the leaf, so that a change of it is seen by who cannot open it. */
  private static JsonObject sealed(List<SealedPayload> payloads) {
    JsonObject.Builder sealed = JsonObject.builder();
    for (SealedPayload payload : payloads) {
      sealed.put(payload.role(), payload.sealedDigest().text());
    }
    return sealed.build();
  }

  /**
   * The members of both in one pass and in order, cut where the sequence number belongs; what the log
   * says itself stands, whatever the body says under the same name.
   */
  private static LeafDraft written(OrderedMembers body, OrderedMembers own)
      throws RecordTooLargeException {
    CanonicalBytes out = new CanonicalBytes().structure('{');
    String name = next(body, own);
    for (; name != null && name.compareTo(SEQUENCE) < 0; name = next(body, own)) {
      member(name, body, own, out).structure(',');
    }
    byte[] head = out.string(SEQUENCE).structure(':').take();
    for (; name != null; name = next(body, own)) {
      member(name, body, own, out.structure(','));
    }
    byte[] tail = out.structure('}').take();
    int largest = head.length + SEQUENCE_DIGITS + tail.length;
    if (largest > MAX_BYTES) {
      throw new RecordTooLargeException(largest);
    }
    return new LeafDraft(head, tail);
  }

  private static @Nullable String next(OrderedMembers body, OrderedMembers own) {
    String one = body.name();
    String other = own.name();
    return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
  }

  private static CanonicalBytes member(
      String name, OrderedMembers body, OrderedMembers own, CanonicalBytes out) {
    out.string(name).structure(':');
    JsonValue said = name.equals(body.name()) ? body.take() : null;
    return out.value(said == null || name.equals(own.name()) ? own.take() : said);
  }

  /** The leaf names the digest of every payload; a redacted one beside that of the original. */
  private static void name(SealedPayload payload, JsonObject body, JsonObject.Builder own) {
    JsonString digest = new JsonString(payload.digest().text());
    JsonValue named = body.get(payload.role() + "_digest");
    if (named == null) {
      own.put(payload.role() + "_digest", digest);
    } else if (!named.equals(digest)) {
      own.put(payload.role() + "_kept_digest", digest);
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
