package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.CallLogReader;
import dev.mcpguard.audit.DurableLeaves;
import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.merkle.MerkleTree;
import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Integrates durable records into the tiles and signs checkpoints (RFC 6962, C2SP tlog-tiles), off
 * the request path: nobody waits for it. What it signs is what was handed to the disk, by the hashes
 * the writer remembers, so that a change of the file since then shows; what is no longer remembered
 * is read. Signs nothing that is not an extension of the checkpoint before. Not thread-safe: one
 * thread, or {@link CheckpointClock}.
 */
public final class Checkpointer implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Checkpointer.class);

  private final InstanceFolder folder;
  private final CallLogReader reader;
  private final NoteSigner signer;
  private final DurableLeaves durable;
  private final LogFiles files;
  private final List<CheckpointWitness> behind = new ArrayList<>();
  private final List<CheckpointWitness> witnesses;
  private final TreeHash hash = new TreeHash();
  private TileWriter tiles;
  private @Nullable Checkpoint last;
  private @Nullable LogCursor cursor;

  /**
   * @param durable records that may be promised; {@code SegmentedCallLog::durable}
   * @throws IOException when the log is shorter than its own checkpoint: it was cut
   */
  public Checkpointer(
      CallLogReader reader,
      String instance,
      NoteSigner signer,
      DurableLeaves durable,
      List<CheckpointWitness> witnesses)
      throws IOException {
    this.reader = reader;
    this.folder = reader.instance(instance);
    this.signer = signer;
    this.durable = durable;
    this.files = LogFiles.disk();
    this.witnesses = List.copyOf(witnesses);
    this.last = read();
    if (last != null && last.size() > durable.size()) {
      throw new IOException(
          "the call log has " + durable.size() + " records, its checkpoint promises "
              + last.size());
    }
    this.tiles = resume();
  }

  private @Nullable Checkpoint read() throws IOException {
    if (!Files.exists(folder.checkpoint())) {
      return null;
    }
    String note = Files.readString(folder.checkpoint());
    Checkpoint checkpoint = Checkpoint.ofText(note);
    if (checkpoint == null || NoteSigner.open(note, signer.verifier()) == null) {
      throw new IOException(
          "`" + folder.checkpoint() + "` is not signed by the configured key; restore it, or move "
              + "the log aside to begin another");
    }
    return checkpoint;
  }

  private TileWriter resume() throws IOException {
    if (last == null) {
      return new TileWriter(files, folder.path());
    }
    try {
      return TileWriter.resume(files, folder.path(), last.size());
    } catch (IOException missing) {
      // tiles are derived: they grow again from the first record, and the root is compared below
      return new TileWriter(files, folder.path());
    }
  }

  /**
   * Signs what is durable now and hands it to the witnesses; answers the newest checkpoint.
   *
   * @throws IOException when it cannot be written, or would contradict the one before
   */
  public @Nullable Checkpoint publish() throws IOException {
    long size = durable.size();
    if (size == 0 || (last != null && last.size() == size)) {
      retryWitnesses();
      return last;
    }
    integrate(size);
    tiles.sync();
    MerkleTree tree = new MerkleTree(new TileStore(folder.path(), size));
    if (last != null && !Arrays.equals(tree.root(last.size()), last.root())) {
      throw new IOException(
          "the call log no longer extends its checkpoint of " + last.size()
              + " records; nothing was signed; run `mcp-guard audit verify`");
    }
    Checkpoint next = new Checkpoint(signer.verifier().name(), size, tree.root(size));
    byte[] note = signer.sign(next.text()).getBytes(StandardCharsets.UTF_8);
    TileWriter.replace(files, folder.checkpoint(), note);
    last = next;
    behind.clear();
    behind.addAll(witnesses);
    retryWitnesses();
    return next;
  }

  /** Takes into the tree what is durable now, so that little is left to do when it is signed. */
  public void absorb() throws IOException {
    integrate(durable.size());
  }

  private void integrate(long size) throws IOException {
    try {
      grow(size);
    } catch (IOException failed) {
      // INVARIANT: a tree that was left half grown is never signed; it grows again from the last one
      close();
      tiles = resume();
      throw failed;
    }
  }

  private void grow(long size) throws IOException {
    while (tiles.size() < size) {
      byte[] remembered = durable.hash(tiles.size());
      if (remembered == null) {
        tiles.add(hash.leaf(read(tiles.size()).leaf()));
      } else {
        // where it read last is behind by now
        close();
        tiles.add(remembered);
      }
    }
  }

  private LogEntry read(long sequence) throws IOException {
    // the cursor stays open between checkpoints: a segment is read once, not at every interval
    LogCursor open = cursor == null ? reader.cursor(folder.instance(), sequence) : cursor;
    cursor = open;
    LogEntry entry = open.next();
    if (entry == null || entry.sequence() != sequence) {
      throw new IOException("record " + sequence + " of the call log cannot be read");
    }
    return entry;
  }

  /** Closes the file it reads; it may publish again. */
  @Override
  public void close() {
    LogCursor open = cursor;
    cursor = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException onlyRead) {
      LOGGER.debug("a segment did not close", onlyRead);
    }
  }

  private void retryWitnesses() throws IOException {
    if (behind.isEmpty()) {
      return;
    }
    String note = Files.readString(folder.checkpoint());
    while (!behind.isEmpty()) {
      behind.getFirst().witness(note);
      behind.removeFirst();
    }
  }
}
