package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.file.Path;

/** The file system as the writer of a log uses it. Tests inject one that fails. */
public interface LogFiles {
  /** Creates a new file, failing when it exists. */
  LogChannel create(Path file) throws IOException;

  /**
   * Writes a file of {@code bytes} zeros and syncs it. Syncing what is later written over them is
   * several times cheaper than syncing a file that grows: the file system has nothing to note.
   */
  void prepare(Path file, long bytes) throws IOException;

  /** Renames a prepared file and opens it at its start. */
  LogChannel take(Path prepared, Path file) throws IOException;

  /** Opens an existing file at its end. */
  LogChannel open(Path file) throws IOException;

  /** Makes the names in a folder durable (fsync of the folder). */
  void forceFolder(Path folder) throws IOException;

  /** Renames within a folder, replacing. */
  void rename(Path from, Path to) throws IOException;

  void delete(Path file) throws IOException;

  /** Bytes that can still be written where {@code folder} lies. */
  long usableBytes(Path folder) throws IOException;

  /** The real file system. */
  static LogFiles disk() {
    return new DiskLogFiles();
  }
}
