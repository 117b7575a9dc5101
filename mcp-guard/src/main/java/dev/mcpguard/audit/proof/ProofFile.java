package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.MerkleTree;
import dev.mcpguard.audit.merkle.ProofCheck;
import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A C2SP tlog-proof: that one record stands in the log a signed checkpoint promised. Together with
 * the leaf and the verifier key it is checked anywhere, without the log.
 *
 * @param index sequence number of the record
 * @param hashes the inclusion proof
 * @param checkpoint the signed note
 */
public record ProofFile(long index, List<byte[]> hashes, String checkpoint) {
  private static final String HEAD = "c2sp.org/tlog-proof@v1";

  public ProofFile {
    hashes = List.copyOf(hashes);
  }

  /** The proof of record {@code sequence} against the log's newest checkpoint. */
  public static ProofFile of(InstanceFolder folder, long sequence) throws IOException {
    String note = Files.readString(folder.checkpoint());
    Checkpoint checkpoint = Checkpoint.ofText(note);
    if (checkpoint == null || sequence >= checkpoint.size()) {
      throw new IOException("record " + sequence + " is not covered by a checkpoint yet");
    }
    MerkleTree tree = new MerkleTree(new TileStore(folder.path(), checkpoint.size()));
    return new ProofFile(sequence, tree.inclusion(sequence, checkpoint.size()), note);
  }

  /** The consistency proof from an older size to the newest checkpoint. */
  public static List<byte[]> consistency(InstanceFolder folder, long older) throws IOException {
    Checkpoint checkpoint = Checkpoint.ofText(Files.readString(folder.checkpoint()));
    if (checkpoint == null || older < 1 || older > checkpoint.size()) {
      throw new IOException("no checkpoint covers " + older + " records");
    }
    MerkleTree tree = new MerkleTree(new TileStore(folder.path(), checkpoint.size()));
    return tree.consistency(older, checkpoint.size());
  }

  public String text() {
    StringBuilder text = new StringBuilder(HEAD).append("\nindex ").append(index).append('\n');
    for (byte[] hash : hashes) {
      text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
    }
    return text.append('\n').append(checkpoint).toString();
  }

  /** Reads {@link #text}; throws {@link IllegalArgumentException} for anything else. */
  public static ProofFile ofText(String text) {
    int blank = text.indexOf("\n\n");
    String[] lines = blank < 0 ? new String[0] : text.substring(0, blank).split("\n");
    int at = 1;
    if (lines.length > 1 && lines[1].startsWith("extra ")) {
      at = 2;
    }
    if (lines.length <= at || !lines[0].equals(HEAD) || !lines[at].matches("index \\d{1,18}")) {
      throw new IllegalArgumentException("not a tlog proof");
    }
    List<byte[]> hashes = new ArrayList<>();
    for (String line : Arrays.asList(lines).subList(at + 1, lines.length)) {
      hashes.add(Base64.getDecoder().decode(line));
    }
    long index = Long.parseLong(lines[at].substring("index ".length()));
    return new ProofFile(index, hashes, text.substring(blank + 2));
  }

  /** Whether {@code leaf} is that record of the log that {@code key} signed for. */
  public boolean proves(byte[] leaf, NoteKey key) {
    String signed = NoteSigner.open(checkpoint, key);
    Checkpoint promise = signed == null ? null : Checkpoint.ofText(signed);
    if (promise == null) {
      return false;
    }
    byte[] root = ProofCheck.rootOf(new TreeHash().leaf(leaf), index, promise.size(), hashes);
    return Arrays.equals(root, promise.root());
  }
}
