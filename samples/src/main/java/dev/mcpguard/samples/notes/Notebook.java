package dev.mcpguard.samples.notes;

import dev.mcpguard.samples.server.StateFile;
import dev.mcpguard.samples.server.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Notes as text files below one folder; `/projects/plan.md` is a note of the folder `/projects`. A
 * path never leads out of the notebook. Which folders an agent may use is not decided here but by
 * policy.
 */
final class Notebook {
  private static final long LARGEST = 1 << 20;

  private final Path root;

  /** A notebook in this folder; an empty one gets some first notes. */
  Notebook(Path root) throws IOException {
    Files.createDirectories(root);
    this.root = root.toRealPath();
    try (Stream<Path> there = Files.list(this.root)) {
      if (there.findAny().isEmpty()) {
        for (FirstNotes.Note note : FirstNotes.ALL) {
          StateFile.write(this.root.resolve(note.path().substring(1)), note.text());
        }
      }
    }
  }

  /** Paths of all notes below the folder, sorted. */
  synchronized List<String> list(String folder) throws IOException, UserErrorException {
    Path start = resolve(folder);
    if (!Files.isDirectory(start)) {
      throw new UserErrorException("there is no folder `" + folder + "`");
    }
    try (Stream<Path> files = Files.walk(start, 16)) {
      return files
          .filter(
              file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
          .map(file -> "/" + root.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** The lines below the folder that hold the words, each as `path: line`. */
  synchronized List<String> search(String folder, String words)
      throws IOException, UserErrorException {
    List<String> found = new ArrayList<>();
    String wanted = words.toLowerCase(Locale.ROOT);
    for (String path : list(folder)) {
      for (String line : read(path).lines().toList()) {
        if (line.toLowerCase(Locale.ROOT).contains(wanted)) {
          found.add(path + ": " + line);
        }
      }
    }
    return found;
  }

  synchronized String read(String path) throws IOException, UserErrorException {
    return Files.readString(note(path));
  }

  /** Writes a note, replacing one of the same path. */
  synchronized void write(String path, String text) throws IOException, UserErrorException {
    Path file = resolve(path);
    if (text.length() > LARGEST || Files.isDirectory(file) || file.equals(root)) {
      throw new UserErrorException(
          "`" + path + "` cannot be written: a folder, or too long a text");
    }
    StateFile.write(file, text);
  }

  synchronized void delete(String path) throws IOException, UserErrorException {
    Files.delete(note(path));
  }

  /** Deletes every note below the folder; returns how many there were. */
  synchronized int purge(String folder) throws IOException, UserErrorException {
    List<String> notes = list(folder);
    for (String path : notes) {
      delete(path);
    }
    return notes.size();
  }

  private Path note(String path) throws IOException, UserErrorException {
    Path file = resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new UserErrorException("there is no note `" + path + "`");
    }
    return file;
  }

  /**
   * The file of a path. INVARIANT: it is inside the notebook, whatever links there are on the way.
   */
  private Path resolve(String path) throws IOException, UserErrorException {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0) {
      throw new UserErrorException("`" + path + "` is not a path such as `/projects/plan.md`");
    }
    Path file = root.resolve(path.substring(1)).normalize();
    Path there = file;
    while (!Files.exists(there) && !there.equals(root) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!file.startsWith(root) || !there.toRealPath().startsWith(root)) {
      throw new UserErrorException("`" + path + "` is outside the notebook");
    }
    return file;
  }
}
