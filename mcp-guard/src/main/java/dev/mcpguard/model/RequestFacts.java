package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the front knows of one request besides its parameters. Everything here but the credential may
 * be recorded; nothing here but the credential proves anything about the caller.
 *
 * @param decisionId the guard's own id of this request (a ULID), unique, told to the client
 * @param front {@code http} or {@code stdio}
 * @param route the endpoint
 * @param credential what the caller presented
 * @param version the protocol revision in force
 * @param method the JSON-RPC method
 * @param id the JSON-RPC id as received, or null for a notification
 * @param received when the first byte was read
 * @param bytes size of the body
 * @param remote address of the peer
 * @param session the legacy session named by the request, or null
 * @param client {@code clientInfo} as claimed; recorded, never used for a decision
 * @param trace {@code traceparent} and {@code tracestate} if valid, else empty; the message's own
 *     before the transport's
 * @param transportTrace the same of the transport's headers; only telemetry links to it
 */
public record RequestFacts(
    String decisionId,
    String front,
    Route route,
    Credential credential,
    ProtocolVersion version,
    String method,
    @Nullable JsonValue id,
    Instant received,
    int bytes,
    String remote,
    @Nullable SessionReference session,
    JsonObject client,
    JsonObject trace,
    JsonObject transportTrace) {

  /** A request whose transport says nothing of a trace beyond {@code trace}. */
  public RequestFacts(
      String decisionId,
      String front,
      Route route,
      Credential credential,
      ProtocolVersion version,
      String method,
      @Nullable JsonValue id,
      Instant received,
      int bytes,
      String remote,
      @Nullable SessionReference session,
      JsonObject client,
      JsonObject trace) {
    this(
        decisionId, front, route, credential, version, method, id, received, bytes, remote, session,
        client, trace, JsonObject.of());
  }

  /** The same request under another decision id, for one of several things it asks for. */
  public RequestFacts as(String anotherId) {
    return as(anotherId, method);
  }

  /** The same by another method, for what it has the guard ask in its stead. */
  public RequestFacts as(String anotherId, String anotherMethod) {
    return new RequestFacts(
        anotherId, front, route, credential, version, anotherMethod, id, received, bytes, remote, session,
        client, trace, transportTrace);
  }

  /** The same request, recorded under {@code own} where the client sent no trace context. */
  public RequestFacts traced(JsonObject own) {
    return own.members().isEmpty() || !trace.members().isEmpty()
        ? this
        : new RequestFacts(
            decisionId, front, route, credential, version, method, id, received, bytes, remote,
            session, client, own, transportTrace);
  }

  /**
   * A legacy session as the front found it. The gate compares the owner with the verified caller:
   * an id is a name, never authentication.
   *
   * @param id the session id
   * @param owner whom the session was minted for
   */
  public record SessionReference(String id, PrincipalKey owner) {}
}
