package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/** Outcome of the identity step. */
public sealed interface Identification {

  /** The caller is known. */
  record Identified(Principal principal) implements Identification {}

  /**
   * The caller is not known or may not act.
   *
   * @param refusal why
   * @param authenticated whether the token itself was valid (then the refusal is recorded singly)
   * @param facts verified facts worth recording (issuer, subject, client), empty if none were
   *     verified
   */
  record Unidentified(Refusal refusal, boolean authenticated, JsonObject facts)
      implements Identification {}
}
