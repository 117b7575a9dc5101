package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.registry.poison.PoisonCode;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A second person's word against what the guard itself holds of one definition. Immutable.
 *
 * <p>INVARIANT: it is in force for exactly the definition it names, and only if the person is not
 * the owner of the server; for anything else the guard's own findings stand.
 *
 * @param riskClass the class that stands in place of the classifier's; null leaves that alone
 * @param findings the poison findings that were seen and accepted
 * @param by who answers for this
 * @param digest the definition it was given for
 */
public record FindingOverride(
    @Nullable RiskClass riskClass,
    Set<PoisonCode> findings,
    String by,
    String reason,
    Digest digest) {
  public FindingOverride {
    findings = Set.copyOf(findings);
    Objects.requireNonNull(by);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(digest);
    if (riskClass == null && findings.isEmpty()) {
      throw new IllegalArgumentException("an override says a class or accepts a finding");
    }
  }

  /** Whether whoever gave it is another than the owner; case and outer blanks do not tell apart. */
  public boolean independentOf(String owner) {
    return !by.strip().toLowerCase(Locale.ROOT).equals(owner.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether it holds for this definition of a server of this owner. */
  public boolean inForce(Digest live, String owner) {
    return digest.equals(live) && independentOf(owner);
  }
}
