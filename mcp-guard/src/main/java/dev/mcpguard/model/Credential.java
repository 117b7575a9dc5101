package dev.mcpguard.model;

import org.jspecify.annotations.Nullable;

/**
 * What a caller presented, unverified. Lives from the front to the identity step and no further: it
 * is never recorded, forwarded, logged or put into an error (invariant 6).
 *
 * @param scheme the authorization scheme in lower case ({@code bearer}, {@code dpop}), or empty if
 *     none
 * @param token the token text, or empty if none
 * @param dpopProof the DPoP proof header, or null
 * @param method the HTTP method the proof must name
 * @param url the URL the proof must name, without query
 * @param certificateThumbprint SHA-256 of the client certificate of this connection, or null
 * @param flaw what was wrong with the presentation itself (two headers, token in the query), or null
 */
public record Credential(
    String scheme,
    String token,
    @Nullable String dpopProof,
    String method,
    String url,
    @Nullable String certificateThumbprint,
    @Nullable String flaw) {

  /** No credential at all. */
  public static Credential none() {
    return new Credential("", "", null, "POST", "", null, null);
  }

  /** A bearer token, as a stdio front or a test presents it. */
  public static Credential bearer(String token) {
    return new Credential("bearer", token, null, "POST", "", null, null);
  }

  /** Whether anything was presented. */
  public boolean present() {
    return !token.isEmpty() || flaw != null;
  }

  /** INVARIANT: the token text appears in no string form. */
  @Override
  public String toString() {
    return "Credential[scheme=" + scheme + ", present=" + present() + "]";
  }
}
