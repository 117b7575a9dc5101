package dev.mcpguard.front;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Credential;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a transport knows of a request before its body is read.
 *
 * @param decisionId the guard's id of the request
 * @param front {@code http} or {@code stdio}
 * @param route the endpoint
 * @param credential what the caller presented
 * @param received when the request began to arrive
 * @param bytes size of the body, 0 as long as it is not read
 * @param remote address of the peer
 * @param trace valid trace context of the transport's headers, or empty
 */
public record Arrival(
    String decisionId,
    String front,
    Route route,
    Credential credential,
    Instant received,
    int bytes,
    String remote,
    JsonObject trace) {

  /** The same arrival under another decision id: each element of a batch is a request of its own. */
  public Arrival as(String anotherId) {
    return new Arrival(
        anotherId, front, route, credential, received, bytes, remote, trace);
  }

  /** The same arrival, its body read. */
  public Arrival withBytes(int size) {
    return new Arrival(decisionId, front, route, credential, received, size, remote, trace);
  }

  /** The facts of a request, as far as it could be read. */
  public RequestFacts facts(
      Caller caller, String method, @Nullable JsonValue id, JsonObject params) {
    JsonObject meta = params.object("_meta");
    JsonObject inBody = meta == null ? JsonObject.of() : TraceContext.of(meta);
    return new RequestFacts(
        decisionId,
        front,
        route,
        credential,
        caller.version(),
        method,
        id,
        received,
        bytes,
        remote,
        caller.session(),
        caller.client(),
        inBody.members().isEmpty() ? trace : inBody,
        trace);
  }
}
