package dev.mcpguard.policy.opa;

import org.jspecify.annotations.Nullable;

/**
 * The policy files this guard holds while an OPA server decides; replay decides from them.
 *
 * @param revision digest of the files, which names the evidence and stands in records
 * @param bundle the revision the server must name in its provenance; null if the files have none, and
 *     then no answer counts
 */
public record HeldPolicy(String revision, @Nullable String bundle) {}
