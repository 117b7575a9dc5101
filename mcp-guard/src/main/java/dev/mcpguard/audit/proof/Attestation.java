package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.MerkleTree;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.model.WitnessEndpoint;
import dev.mcpguard.model.WitnessReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a witness countersign the newest checkpoint of a log (C2SP tlog-witness). The witness signs
 * only what extends everything it signed before, so a cosignature shows that nothing up to then was
 * cut or rewritten. Not thread-safe.
 */
public final class Attestation {
  private final InstanceFolder folder;
  private final NoteKey log;
  private final WitnessEndpoint witness;
  private final CosignatureKey key;
  private long known;

  /**
   * @param log the key that signs the log's checkpoints
   * @param key verifies what the witness says
   */
  public Attestation(
      InstanceFolder folder, NoteKey log, WitnessEndpoint witness, CosignatureKey key)
      throws IOException {
    this.folder = folder;
    this.log = log;
    this.witness = witness;
    this.key = key;
    Checkpoint cosigned = cosigned(folder, key);
    this.known = cosigned == null ? 0 : cosigned.size();
  }

  /** Where the newest cosigned checkpoint of a log is kept. */
  public static Path file(InstanceFolder folder) {
    return folder.path().resolve("checkpoint.cosigned");
  }

  private static @Nullable Checkpoint cosigned(InstanceFolder folder, CosignatureKey key)
      throws IOException {
    if (!Files.exists(file(folder))) {
      return null;
    }
    String text = key.open(Files.readString(file(folder)));
    return text == null ? null : Checkpoint.ofText(text);
  }

  /**
   * Submits the newest checkpoint.
   *
   * @return its size, or 0 when there is no checkpoint yet
   * @throws IOException when the witness is away, or finds that the log was cut or rewritten
   */
  public long submit() throws IOException {
    if (!Files.exists(folder.checkpoint())) {
      return 0;
    }
    String note = Files.readString(folder.checkpoint());
    String text = NoteSigner.open(note, log);
    Checkpoint newest = text == null ? null : Checkpoint.ofText(text);
    if (text == null || newest == null) {
      throw new IOException("`" + folder.checkpoint() + "` is not signed by " + log.name());
    }
    WitnessReply reply = send(newest, note);
    if (reply instanceof WitnessReply.Conflict(long size) && size != known) {
      known = size;
      reply = send(newest, note);
    }
    switch (reply) {
      case WitnessReply.Cosigned(String lines) -> keep(newest, text, note, lines);
      case WitnessReply.Conflict(long size) ->
          throw new IOException(
              "the witness cosigned another history of " + size
                  + " records: the log was rewritten or forked; run `mcp-guard audit verify`");
      case WitnessReply.Refused(int status) -> throw new IOException(refused(status));
    }
    return newest.size();
  }

  private WitnessReply send(Checkpoint newest, String note) throws IOException {
    if (known > newest.size()) {
      throw new IOException(
          "the witness cosigned " + known + " records, the log has " + newest.size()
              + ": its tail was cut off, or another log uses its name and key");
    }
    List<byte[]> proof =
        known == 0 || known == newest.size()
            ? List.of()
            : new MerkleTree(new TileStore(folder.path(), newest.size()))
                .consistency(known, newest.size());
    return witness.addCheckpoint(new AddCheckpoint(known, proof, note).text());
  }

  private void keep(Checkpoint newest, String text, String note, String lines)
      throws IOException {
    String line = key.lineOf(text, lines);
    if (line == null) {
      throw new IOException("the answer of the witness carries no cosignature of " + key.name());
    }
    TileWriter.replace(
        LogFiles.disk(), file(folder), (note + line + "\n").getBytes(StandardCharsets.UTF_8));
    known = newest.size();
  }

  private static String refused(int status) {
    return switch (status) {
      case 401 -> "the witness asks for a bearer token (401)";
      case 403 -> "the witness does not accept the log's signature (403)";
      case 404 -> "the witness does not know the log (404); give it the key `mcp-guard audit key` prints";
      case 422 ->
          "the witness finds that the log no longer extends what it cosigned (422): it was "
              + "rewritten; run `mcp-guard audit verify`";
      default -> "the witness refuses (" + status + ")";
    };
  }
}
