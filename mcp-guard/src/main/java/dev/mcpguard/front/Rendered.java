package dev.mcpguard.front;

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
 */
public record Rendered(
    int status, @Nullable JsonObject body, @Nullable Refusal challenge, String outcome) {

  static Rendered message(int status, JsonObject body, String outcome) {
    return new Rendered(status, body, null, outcome);
  }

  static Rendered bare(int status, String outcome) {
    return new Rendered(status, null, null, outcome);
  }
}
