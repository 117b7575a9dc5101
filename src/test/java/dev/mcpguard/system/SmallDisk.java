package dev.mcpguard.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A real file system of its own that is small, can be filled and made read-only. Needs the right to
 * mount: where that is missing the calling test is skipped, loudly.
 */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  static SmallDisk mount(Path folder, String size) throws IOException {
    Files.createDirectories(folder);
    SmallDisk disk = new SmallDisk(folder);
    String complaint =
        disk.run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    if (!complaint.isEmpty()) {
      System.err.println("SKIPPED, no small disk: " + complaint);
    }
    Assumptions.assumeTrue(complaint.isEmpty(), complaint);
    return disk;
  }

  /** Leaves not one byte. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(folder.resolve("filling"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // That is what was wanted.
    }
  }

  void empty() throws IOException {
    Files.delete(folder.resolve("filling"));
  }

  /** Mounts it again with other options, for example {@code ro} or {@code size=1g}. */
  void remount(String options) throws IOException {
    String complaint = run("mount", "-o", "remount," + options, folder.toString());
    if (!complaint.isEmpty()) {
      throw new IOException(complaint);
    }
  }

  private String run(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : words[0] + " failed: " + said.strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", "-l", folder.toString());
  }
}
