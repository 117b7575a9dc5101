package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.merkle.ProofCheck;
import dev.mcpguard.audit.merkle.TreeHash;
import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.Cosigner;
import dev.mcpguard.audit.note.NoteKey;
import dev.mcpguard.audit.note.NoteSigner;
import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.json.Digest;
import dev.mcpguard.model.WitnessEndpoint;
import dev.mcpguard.model.WitnessReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A witness by C2SP tlog-witness: knows some logs by their keys, remembers the newest checkpoint of
 * each in a file, and countersigns only what extends it. The file is written before the answer.
 * Thread-safe: one request at a time, so that two cannot overtake one another.
 */
public final class Witness implements WitnessEndpoint {
  private final Path folder;
  private final Map<String, NoteKey> logs;
  private final Cosigner cosigner;
  private final InstantSource clock;

  /**
   * @param folder where checkpoints are kept; losing it means forgetting what was promised
   * @param logs the logs to witness, by their own keys
   */
  public Witness(Path folder, List<NoteKey> logs, Cosigner cosigner, InstantSource clock)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.logs =
        logs.stream().collect(Collectors.toUnmodifiableMap(NoteKey::name, Function.identity()));
    this.cosigner = cosigner;
    this.clock = clock;
  }

  @Override
  public synchronized WitnessReply addCheckpoint(String request) throws IOException {
    AddCheckpoint add = AddCheckpoint.ofText(request);
    Checkpoint claimed = add == null ? null : Checkpoint.ofText(add.note());
    if (add == null || claimed == null) {
      return new WitnessReply.Refused(400);
    }
    NoteKey log = logs.get(claimed.origin());
    if (log == null) {
      return new WitnessReply.Refused(404);
    }
    String text = NoteSigner.open(add.note(), log);
    Checkpoint signed = text == null ? null : Checkpoint.ofText(text);
    if (text == null || signed == null) {
      return new WitnessReply.Refused(403);
    }
    if (add.oldSize() > signed.size()) {
      return new WitnessReply.Refused(400);
    }
    WitnessReply objection = objection(add, signed, known(log));
    return objection != null ? objection : cosign(text, add.note(), signed);
  }

  private static @Nullable WitnessReply objection(
      AddCheckpoint add, Checkpoint signed, @Nullable Checkpoint known) {
    long size = known == null ? 0 : known.size();
    if (add.oldSize() != size) {
      return new WitnessReply.Conflict(size);
    }
    if (size == 0) {
      boolean whole = signed.size() > 0 || Arrays.equals(signed.root(), new TreeHash().empty());
      return add.proof().isEmpty() && whole ? null : new WitnessReply.Refused(422);
    }
    byte[] root = known == null ? new byte[0] : known.root();
    if (size == signed.size() && !Arrays.equals(root, signed.root())) {
      return new WitnessReply.Conflict(size);
    }
    return ProofCheck.consistent(size, root, signed.size(), signed.root(), add.proof())
        ? null
        : new WitnessReply.Refused(422);
  }

  private WitnessReply cosign(String text, String note, Checkpoint signed) throws IOException {
    String line = cosigner.line(text, clock.instant().getEpochSecond());
    // only the log's own signature is kept: what else a submitter appended is none of ours
    String kept = text + "\n" + ownLine(note, signed.origin()) + line;
    TileWriter.replace(
        LogFiles.disk(), file(signed.origin()), kept.getBytes(StandardCharsets.UTF_8));
    return new WitnessReply.Cosigned(line);
  }

  private static String ownLine(String note, String origin) {
    return note.lines()
        .filter(line -> line.startsWith("\u2014 " + origin + " "))
        .findFirst()
        .map(line -> line + "\n")
        .orElse("");
  }

  private @Nullable Checkpoint known(NoteKey log) throws IOException {
    String note = newest(log.name());
    if (note == null) {
      return null;
    }
    String text = cosigner.verifier().open(note);
    Checkpoint known = text == null ? null : Checkpoint.ofText(text);
    if (known == null) {
      // INVARIANT: what cannot be read is never taken for nothing; that would forget a promise
      throw new IOException("`" + file(log.name()) + "` is damaged; restore it from a copy");
    }
    return known;
  }

  @Override
  public @Nullable String newest(String origin) throws IOException {
    Path file = file(origin);
    return logs.containsKey(origin) && Files.exists(file) ? Files.readString(file) : null;
  }

  private Path file(String origin) {
    String digest = Digest.of(origin.getBytes(StandardCharsets.UTF_8)).text();
    return folder.resolve(digest.substring(digest.indexOf(':') + 1) + ".checkpoint");
  }
}
