package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import java.util.Map;

/**
 * One record for the call log, before the log gives it a sequence number.
 *
 * <p>The leaf is one canonical JSON line of at most 65,535 bytes: the members of {@code body} plus
 * {@code schema}, {@code seq}, {@code kind} and {@code decision_id}. Payloads (arguments, replies)
 * are kept beside the leaf, which names each by digest; they can be erased without breaking a proof.
 *
 * @param kind what it says
 * @param decisionId the request it belongs to
 * @param body members of the leaf
 * @param payloads documents kept beside it, by role ({@code arguments}, {@code reply}); the body names
 *     their digests as {@code <role>_digest}
 */
public record CallRecord(
    RecordKind kind, String decisionId, JsonObject body, Map<String, byte[]> payloads) {

  public CallRecord {
    payloads = Map.copyOf(payloads);
  }
}
