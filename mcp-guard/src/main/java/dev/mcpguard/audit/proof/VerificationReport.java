package dev.mcpguard.audit.proof;

import java.util.List;

/**
 * What a verification saw.
 *
 * @param instance whose log
 * @param records read and found good, from the first on
 * @param removed records at the start whose leaves retention removed; proven by tiles only
 * @param checkpoints signed checkpoints the records agree with
 * @param covered records below the largest of them: beyond it a cut tail would go unnoticed
 * @param unsettled admissions without an outcome: in flight, or a guard that has not restarted
 * @param erased payloads whose keys were destroyed
 * @param opened payloads opened with their key and found to be what their records name
 * @param findings empty when all is well; the first names the first bad record
 */
public record VerificationReport(
    String instance,
    long records,
    long removed,
    int checkpoints,
    long covered,
    long unsettled,
    long erased,
    long opened,
    List<Finding> findings) {
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** Of a log that should be there and is not. */
  public static VerificationReport lost(String instance, String problem) {
    return new VerificationReport(
        instance, 0, 0, 0, 0, 0, 0, 0, List.of(new Finding(0, problem)));
  }

  public boolean good() {
    return findings.isEmpty();
  }
}
