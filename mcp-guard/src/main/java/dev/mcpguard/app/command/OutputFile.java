package dev.mcpguard.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a verb was told to write, and says in words why it cannot. */
final class OutputFile {
  private OutputFile() {}

  static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException(
          "`" + file + "` cannot be written: there is no folder `" + folder + "`; make it first");
    }
    if (Files.isDirectory(file)) {
      throw new IOException("`" + file + "` cannot be written: it is a folder; name a file");
    }
    Files.write(file, content);
  }
}
