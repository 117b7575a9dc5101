package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Key files: random bytes in base64, readable by the owner only. */
public final class PayloadKeyFile {
  private PayloadKeyFile() {}

  /** The key generated beside a log when none is configured. */
  public static Path beside(InstanceFolder folder) {
    return folder.path().resolve("payload.key");
  }

  /** Reads a payload key; the message of a failure names the file. */
  public static PayloadSealer load(Path file, SecureRandom random) throws IOException {
    try {
      return PayloadSealer.ofText(Files.readString(file), random);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("`" + file + "` must hold 32 bytes in base64", malformed);
    }
  }

  /** Writes {@code bytes} random bytes to a new file, durably, with mode 0600. */
  public static void generate(Path file, int bytes, SecureRandom random) throws IOException {
    byte[] key = new byte[bytes];
    random.nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key) + "\n";
    write(file, text);
  }

  private static void write(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    LogFiles disk = LogFiles.disk();
    disk.rename(temporary, file);
    disk.forceFolder(file.toAbsolutePath().resolveSibling("."));
  }
}
