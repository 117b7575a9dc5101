package dev.mcpguard.front;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * An answer, ready for a transport.
 *
 * @param status the HTTP status; 0 if nothing is sent because the client is gone
 * @param body the JSON-RPC message, or null for none
 * @param challenge the refusal to challenge for (401, or 403 for scopes), or null
 * @param outcome one word for counters: {@code result}, {@code server-error} or the reason code
 * @param retrySeconds for {@code Retry-After} where the status has one, at least 1
 */
public record Rendered(
    int status,
    @Nullable JsonObject body,
    @Nullable Refusal challenge,
    String outcome,
    long retrySeconds) {
  private static final long MILLIS = 1_000;

  /** An answer that says nothing of a better time. */
  public Rendered(
      int status, @Nullable JsonObject body, @Nullable Refusal challenge, String outcome) {
    this(status, body, challenge, outcome, 1);
  }

  /** The same, to be tried again when the refusal says so ({@code retryAfterMs}). */
  public Rendered withRetryAfter(Refusal refusal) {
    Long wait =
        refusal.data().get("retryAfterMs") instanceof JsonNumber number
            ? number.longValue()
            : null;
    return wait == null
        ? this
        : new Rendered(status, body, challenge, outcome, Math.max(1, Math.ceilDiv(wait, MILLIS)));
  }

  static Rendered message(int status, JsonObject body, String outcome) {
    return new Rendered(status, body, null, outcome);
  }

  static Rendered bare(int status, String outcome) {
    return new Rendered(status, null, null, outcome);
  }
}
