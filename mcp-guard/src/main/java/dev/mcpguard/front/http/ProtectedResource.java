package dev.mcpguard.front.http;

import java.util.List;

/**
 * What protected-resource metadata (RFC 9728) and challenges say of every endpoint.
 *
 * @param authorizationServers issuers a client may get a token from; at least one
 * @param scopes the scopes to begin with
 * @param dpopAlgorithms algorithms of DPoP proofs (RFC 9449); empty if DPoP is not offered
 * @param dpopRequired whether every token must be bound
 */
public record ProtectedResource(
    List<String> authorizationServers,
    List<String> scopes,
    List<String> dpopAlgorithms,
    boolean dpopRequired) {
  public ProtectedResource {
    authorizationServers = List.copyOf(authorizationServers);
    scopes = List.copyOf(scopes);
    dpopAlgorithms = List.copyOf(dpopAlgorithms);
    if (authorizationServers.isEmpty()) {
      throw new IllegalArgumentException("name at least one authorization server");
    }
    for (String scope : scopes) {
      if (!Challenges.isScope(scope)) {
        throw new IllegalArgumentException("not a scope: `" + scope + "`");
      }
    }
  }

  /** One issuer, bearer tokens. */
  public static ProtectedResource of(String issuer, String... scopes) {
    return new ProtectedResource(List.of(issuer), List.of(scopes), List.of(), false);
  }
}
