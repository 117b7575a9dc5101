package dev.mcpguard.front;

import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.RequestFacts;
import org.jspecify.annotations.Nullable;

/**
 * How the answer to one request is put on the wire.
 *
 * @param modern whether the client speaks 2026-07-28
 * @param method the method, or empty if it could not be read
 * @param id the id to repeat, or null for a notification or an unreadable message
 * @param notification whether no JSON-RPC answer is due
 * @param status the HTTP status of the front's own refusal where it differs from the reason's, or 0
 */
public record Rendering(
    boolean modern, String method, @Nullable JsonValue id, boolean notification, int status) {

  /** The ordinary rendering of a request with an id. */
  public static Rendering of(GatedRequest request) {
    RequestFacts facts = request.facts();
    return new Rendering(facts.version().modern(), facts.method(), facts.id(), false, 0);
  }

  /** The rendering of a notification or a posted response: 202 or a status. */
  public static Rendering ofNotification(GatedRequest request) {
    RequestFacts facts = request.facts();
    return new Rendering(facts.version().modern(), facts.method(), null, true, 0);
  }

  /** The same with the status of the front's own refusal. */
  public Rendering withStatus(int refusalStatus) {
    return new Rendering(modern, method, id, notification, refusalStatus);
  }
}
