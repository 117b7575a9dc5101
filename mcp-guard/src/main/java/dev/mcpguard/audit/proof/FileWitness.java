package dev.mcpguard.audit.proof;

import dev.mcpguard.audit.note.Checkpoint;
import dev.mcpguard.audit.store.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps every checkpoint as a file of its own in a folder elsewhere (another disk, a share that
 * only takes new files). Refuses a second checkpoint of the same size: a fork.
 */
public final class FileWitness implements CheckpointWitness {
  private static final String ENDING = ".checkpoint";

  private final Path folder;

  public FileWitness(Path folder) {
    this.folder = folder;
  }

  @Override
  public void witness(String note) throws IOException {
    Checkpoint checkpoint = Checkpoint.ofText(note);
    if (checkpoint == null) {
      throw new IOException("not a checkpoint");
    }
    Files.createDirectories(folder);
    String name = String.format(Locale.ROOT, "%018d", checkpoint.size()) + ENDING;
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      Checkpoint known = Checkpoint.ofText(Files.readString(file));
      if (known == null || !known.sameAs(checkpoint)) {
        throw new IOException("`" + file + "` holds another root for the same size: a fork");
      }
      return;
    }
    TileWriter.replace(LogFiles.disk(), file, note.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The notes kept in a witness folder and in the folders in it (one a log), smallest first.
   *
   * @param unreadable is told of each folder in it that may not be read: one of another purpose
   */
  public static List<String> notes(Path folder, Consumer<Path> unreadable) throws IOException {
    List<String> notes = new ArrayList<>();
    for (Path entry : listed(folder)) {
      if (!Files.isDirectory(entry)) {
        add(entry, notes);
        continue;
      }
      for (Path file : listedUnlessDenied(entry, unreadable)) {
        add(file, notes);
      }
    }
    return notes;
  }

  /** A checkpoint that may not be read is no such folder: it fails. */
  private static List<Path> listedUnlessDenied(Path folder, Consumer<Path> unreadable)
      throws IOException {
    try {
      return listed(folder);
    } catch (AccessDeniedException denied) {
      unreadable.accept(folder);
      return List.of();
    }
  }

  private static void add(Path file, List<String> notes) throws IOException {
    if (file.toString().endsWith(ENDING) && Files.isRegularFile(file)) {
      notes.add(Files.readString(file));
    }
  }

  /** What a folder holds, also one that is reached by a link. */
  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
