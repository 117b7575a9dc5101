package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.audit.store.PayloadReading;
import dev.mcpguard.audit.store.PayloadSealer;
import dev.mcpguard.audit.store.SealedPayload;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold between a leaf and the sealed payloads beside it: each role the leaf names is there
 * once, is the one it names, and is as it was sealed; what is gone or erased has a signed note.
 * Not thread-safe.
 */
final class PayloadRules {
  private final RemovalNotes notes;
  private final @Nullable PayloadSealer opener;
  private long erased;
  private long opened;

  /**
   * @param opener opens every payload too; null: they are checked as they lie, without the key
   */
  PayloadRules(RemovalNotes notes, @Nullable PayloadSealer opener) {
    this.notes = notes;
    this.opener = opener;
  }

  /** What is wrong with the payloads kept with a leaf, or null. */
  @Nullable String problem(LeafScan leaf, long sequence, List<SealedPayload> payloads) {
    Set<String> missing = roles(leaf);
    for (SealedPayload payload : payloads) {
      String role = payload.role();
      if (!asNamed(leaf, payload)) {
        return "the " + role + " kept with record " + sequence
            + " are damaged or not those it names";
      }
      if (!missing.remove(role)) {
        return "the " + role + " kept with record " + sequence
            + " lie there twice, or it names none";
      }
      String problem = payload.erased() ? erased(sequence) : kept(payload, sequence);
      if (problem != null) {
        return problem;
      }
    }
    return missing.isEmpty() || notes.payloadRemoved(sequence)
        ? null
        : "a payload of record " + sequence + " is gone and no signed note says so";
  }

  /** The roles a leaf names: canonical JSON, an array of words. */
  private static Set<String> roles(LeafScan leaf) {
    String array = leaf.raw("payloads");
    if (array == null || array.length() < 4) {
      return new HashSet<>();
    }
    return new HashSet<>(
        Arrays.asList(array.substring(2, array.length() - 2).split("\",\"", -1)));
  }

  private static boolean asNamed(LeafScan leaf, SealedPayload payload) {
    String role = payload.role();
    String kept = leaf.string(role + "_kept_digest");
    String named = kept == null ? leaf.string(role + "_digest") : kept;
    return payload.digest().text().equals(named) && payload.intact() && asSealed(leaf, payload);
  }

  /** Leaves written before they named what was sealed are believed: only opening tells. */
  private static boolean asSealed(LeafScan leaf, SealedPayload payload) {
    // without its key nobody can tell, or misuse, what a text was
    return payload.erased()
        || leaf.raw("sealed") == null
        || payload.sealedDigest().text().equals(leaf.object("sealed").string(payload.role()));
  }

  private @Nullable String erased(long sequence) {
    erased++;
    return notes.payloadErased(sequence)
        ? null
        : "a payload of record " + sequence + " was erased and no signed note says so";
  }

  private @Nullable String kept(SealedPayload payload, long sequence) {
    if (notes.payloadErased(sequence) || notes.payloadRemoved(sequence)) {
      return "a signed note says the payloads of record " + sequence + " are gone, and the "
          + payload.role() + " lie there: put back, or the removal did not end; erase them again";
    }
    if (opener == null) {
      return null;
    }
    if (opener.open(payload) instanceof PayloadReading.Unreadable(String why)) {
      return "the " + payload.role() + " kept with record " + sequence + " cannot be opened: " + why;
    }
    opened++;
    return null;
  }

  /** Payloads whose keys were destroyed, so far. */
  long erased() {
    return erased;
  }

  /** Payloads opened so far. */
  long opened() {
    return opened;
  }
}
