package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.Frontier;
import dev.mcpguard.audit.merkle.TilePath;
import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.PayloadSealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole log against itself and against signed checkpoints, and names the first record that
 * is wrong. What it can see: any change by someone without the signing key. Cutting the tail beyond
 * the newest checkpoint, and rewriting everything with the signing key, are seen only against
 * checkpoints kept elsewhere (a witness). Needs neither guard nor payload key: what was sealed is
 * compared with the digests its record names. Not thread-safe.
 */
public final class Verifier {
  private static final int PROGRESS = 8_192;

  private final InstanceFolder folder;
  private final @Nullable NoteKey key;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Checkpoint> promises = new ArrayList<>();
  private final Frontier frontier = new Frontier();
  private final LeafRules rules = new LeafRules();
  private final RemovalNotes notes;
  private final PatientTail tail;
  private @Nullable PayloadSealer opener;
  private int agreed;
  private byte[] tile = new byte[0];
  private long checkpointed;

  /**
   * @param key verifies the signatures of checkpoints; null: the log's own checkpoint is compared
   *     without trusting it
   * @param witnessed signed notes kept elsewhere
   */
  public Verifier(InstanceFolder folder, @Nullable NoteKey key, List<String> witnessed)
      throws IOException {
    this(folder, key, witnessed, PatientTail.standard());
  }

  Verifier(
      InstanceFolder folder, @Nullable NoteKey key, List<String> witnessed, PatientTail tail)
      throws IOException {
    this.folder = folder;
    this.key = key;
    this.tail = tail;
    this.notes = RemovalNotes.read(folder, key);
    notes.problems().forEach(problem -> findings.add(new Finding(0, problem)));
    witnessed.forEach(note -> trust(note, "a witnessed checkpoint"));
    if (Files.exists(folder.checkpoint())) {
      trust(Files.readString(folder.checkpoint()), "the checkpoint of the log");
      checkpointed = promises.isEmpty() ? 0 : promises.getLast().size();
    }
    promises.sort(Comparator.comparingLong(Checkpoint::size));
  }

  /** Opens every payload too, which needs their key: shows that each is what its record names. */
  public Verifier opening(PayloadSealer payloadKey) {
    opener = payloadKey;
    return this;
  }

  private void trust(String note, String name) {
    Checkpoint checkpoint = Checkpoint.ofText(note);
    if (checkpoint == null) {
      findings.add(new Finding(0, name + " is malformed"));
    } else if (key != null && NoteSigner.open(note, key) == null) {
      findings.add(new Finding(0, name + " is not signed by " + key.name()));
    } else {
      promises.add(checkpoint);
    }
  }

  /** Reads the whole log; {@code progress} is told how many records are done. */
  public VerificationReport verify(LongConsumer progress) throws IOException {
    Checkpoint largest = promises.isEmpty() ? null : promises.getLast();
    PayloadRules payloads = new PayloadRules(notes, opener);
    long removed = 0;
    // a finding about the checkpoints themselves does not spare the records
    boolean whole = true;
    List<Finding> ofRecords = new ArrayList<>();
    try (VerifiedRecords records = new VerifiedRecords(folder, payloads, tail)) {
      removed = records.first();
      whole = removed == 0 || fromTiles(removed, ofRecords);
      long unexplained = notes.unexplained(removed);
      if (unexplained >= 0) {
        String problem = "record " + unexplained + " is gone and no signed note says so";
        ofRecords.add(new Finding(unexplained, problem));
      }
      while (whole) {
        VerifiedRecords.Leaf leaf = records.next();
        if (leaf == null) {
          break;
        }
        whole = check(leaf, ofRecords);
        if (frontier.size() % PROGRESS == 0) {
          progress.accept(frontier.size());
        }
      }
      Finding broken = records.finding();
      if (broken != null && ofRecords.isEmpty()) {
        ofRecords.add(broken);
      }
    }
    if (ofRecords.isEmpty()) {
      compareEnd(largest, ofRecords);
    }
    progress.accept(frontier.size());
    findings.addAll(0, ofRecords);
    long covered = largest == null ? 0 : Math.min(largest.size(), frontier.size());
    return new VerificationReport(
        folder.instance(), frontier.size(), removed, agreed, covered, rules.unsettled(),
        payloads.erased(), payloads.opened(), findings);
  }

  private boolean check(VerifiedRecords.Leaf leaf, List<Finding> found) throws IOException {
    String problem = rules.check(leaf.scan(), leaf.sequence());
    if (problem != null) {
      found.add(new Finding(leaf.sequence(), "record " + leaf.sequence() + " " + problem));
      return false;
    }
    return integrate(leaf.hash(), leaf.sequence(), found);
  }

  private boolean integrate(byte[] leafHash, long sequence, List<Finding> found)
      throws IOException {
    if (sequence < checkpointed && !inTile(leafHash, sequence)) {
      String problem = "record " + sequence + " is not the one the hash tiles promise";
      found.add(new Finding(sequence, problem));
      return false;
    }
    frontier.add(leafHash);
    for (Checkpoint promise : promises) {
      if (promise.size() == frontier.size()) {
        if (!Arrays.equals(promise.root(), frontier.root())) {
          found.add(
              new Finding(
                  sequence,
                  "the first " + promise.size() + " records are not those the checkpoint of `"
                      + promise.origin() + "` promises: the log was rewritten or forked"));
          return false;
        }
        agreed++;
      }
    }
    return true;
  }

  private boolean inTile(byte[] leafHash, long sequence) throws IOException {
    int at = (int) (sequence % TilePath.WIDTH) * TreeHash.LENGTH;
    if (at == 0 || frontier.size() == sequence && tile.length == 0) {
      tile = readTile(sequence / TilePath.WIDTH);
    }
    int end = at + TreeHash.LENGTH;
    return end <= tile.length && Arrays.equals(tile, at, end, leafHash, 0, TreeHash.LENGTH);
  }

  private byte[] readTile(long index) throws IOException {
    int width = (int) Math.min(TilePath.WIDTH, checkpointed - index * TilePath.WIDTH);
    Path file = folder.path().resolve(TilePath.tile(0, index, width));
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** Leaves that retention removed still count by their hashes. */
  private boolean fromTiles(long removed, List<Finding> found) throws IOException {
    for (long sequence = 0; sequence < removed; sequence++) {
      int at = (int) (sequence % TilePath.WIDTH) * TreeHash.LENGTH;
      tile = at == 0 ? readTile(sequence / TilePath.WIDTH) : tile;
      if (at + TreeHash.LENGTH > tile.length) {
        found.add(new Finding(sequence, "record " + sequence + " is gone and no tile proves it"));
        return false;
      }
      if (!integrate(Arrays.copyOfRange(tile, at, at + TreeHash.LENGTH), sequence, found)) {
        return false;
      }
    }
    return true;
  }

  private void compareEnd(@Nullable Checkpoint largest, List<Finding> found) {
    if (largest != null && largest.size() > frontier.size()) {
      found.add(
          new Finding(
              frontier.size(),
              "the log ends after " + frontier.size() + " records, the checkpoint promises "
                  + largest.size() + ": the tail was cut off"));
    }
  }
}
