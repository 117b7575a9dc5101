package dev.mcpguard.model;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A verified caller: a workload with a named human owner. Holds facts from the verified token, never
 * the token. Immutable.
 *
 * @param key issuer, subject and client
 * @param agent the registered workload
 * @param scopes scopes of the token; a ceiling, never a right
 * @param claims the verified claims that decisions may use and records keep
 * @param delegation the chain of actors, current actor first; empty if the caller acts for itself
 * @param authorizationDetails RFC 9396 entries of the token, as received
 * @param tokenDigest SHA-256 of the token text, a correlator that reveals nothing
 * @param expiresAt when the token ends; streams end with it
 * @param authenticatedBy how: {@code jwt}, {@code dpop}, {@code mtls}, {@code introspection}
 * @param tenant the tenant claim if configured, or null
 */
public record Principal(
    PrincipalKey key,
    Agent agent,
    Set<String> scopes,
    JsonObject claims,
    List<Delegate> delegation,
    List<JsonObject> authorizationDetails,
    Digest tokenDigest,
    Instant expiresAt,
    String authenticatedBy,
    @Nullable String tenant) {

  public Principal {
    scopes = Set.copyOf(scopes);
    delegation = List.copyOf(delegation);
    authorizationDetails = List.copyOf(authorizationDetails);
  }

  /** One actor of an RFC 8693 {@code act} chain. */
  public record Delegate(@Nullable String issuer, String subject) {}
}
