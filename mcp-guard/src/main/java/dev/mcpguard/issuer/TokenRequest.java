package dev.mcpguard.issuer;

import java.time.Duration;
import java.util.List;

/**
 * What a development token shall say.
 *
 * @param subject {@code sub} and {@code client_id}
 * @param audience the resources it is for
 * @param scope scopes separated by blanks, or empty
 * @param lifetime from now
 */
public record TokenRequest(String subject, List<String> audience, String scope, Duration lifetime) {
  public TokenRequest {
    audience = List.copyOf(audience);
    if (subject.isBlank() || audience.isEmpty() || !lifetime.isPositive()) {
      throw new IllegalArgumentException("a token has a subject, an audience and a lifetime");
    }
  }
}
