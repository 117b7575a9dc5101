package dev.mcpguard.policy.bundle;

import dev.mcpguard.json.Digest;
import dev.mcpguard.policy.CompiledPolicies;

/**
 * A bundle that passed everything and may decide.
 *
 * @param policies compiled; its own revision is the digest of the files, which names the evidence
 * @param revision what the bundle calls itself; empty if it does not
 * @param digest of the archive
 * @param signer id of the key that signed it; empty if it is not signed
 * @param archive the bytes, to be kept
 */
public record LoadedBundle(
    CompiledPolicies policies, String revision, Digest digest, String signer, byte[] archive) {

  /** For people and events. */
  public String text() {
    return (revision.isEmpty() ? "without a revision" : "revision " + revision)
        + (signer.isEmpty() ? ", not signed" : ", signed by " + signer);
  }
}
