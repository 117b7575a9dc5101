package dev.mcpguard.app.command;

import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.note.CosignatureKey;
import dev.mcpguard.audit.proof.FileWitness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints kept out of reach of who can write the log, by the log they are of: also of logs that
 * are no longer there, which is how their loss is seen. Not thread-safe.
 */
final class KeptElsewhere {
  private static final String ORIGIN = "mcp-guard/";

  private final Map<String, List<String>> notes = new TreeMap<>();
  private final List<String> malformed = new ArrayList<>();

  /** One log that something elsewhere promises. */
  record Promised(String instance, String origin, long records) {}

  /**
   * Adds a checkpoint, or those of a folder and the folders in it.
   *
   * @param cosigner whose cosignature each must bear; null: none
   * @param said told, in words, what of it cannot be compared
   */
  void add(Path place, @Nullable CosignatureKey cosigner, Consumer<String> said)
      throws IOException {
    List<String> read =
        Files.isDirectory(place)
            ? FileWitness.notes(
                place, closed -> said.accept("`" + closed + "` may not be read; it is passed over"))
            : List.of(Files.readString(place));
    if (read.isEmpty()) {
      said.accept("`" + place + "` holds no checkpoint; nothing kept elsewhere is compared");
    }
    for (String note : read) {
      if (cosigner != null && cosigner.open(note) == null) {
        throw new IOException(
            "a checkpoint of `" + place + "` bears no valid cosignature of " + cosigner.name());
      }
      Checkpoint checkpoint = Checkpoint.ofText(note);
      if (checkpoint == null) {
        malformed.add(note);
      } else {
        notes.computeIfAbsent(checkpoint.origin(), name -> new ArrayList<>()).add(note);
      }
    }
  }

  /** What the checkpoints of an instance call it. */
  static String origin(String instance) {
    return ORIGIN + instance;
  }

  /** The checkpoints of one log, and those nobody can tell the log of. */
  List<String> of(String origin) {
    List<String> all = new ArrayList<>(notes.getOrDefault(origin, List.of()));
    all.addAll(malformed);
    return all;
  }

  /** Every log promised, with the most records promised of it. */
  List<Promised> promised() {
    List<Promised> all = new ArrayList<>();
    notes.forEach(
        (origin, kept) -> {
          long records =
              kept.stream().map(Checkpoint::ofText).mapToLong(KeptElsewhere::size).max().orElse(0);
          String instance =
              origin.startsWith(ORIGIN) ? origin.substring(ORIGIN.length()) : origin;
          all.add(new Promised(instance, origin, records));
        });
    return all;
  }

  private static long size(@Nullable Checkpoint checkpoint) {
    return checkpoint == null ? 0 : checkpoint.size();
  }
}
