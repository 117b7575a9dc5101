package dev.mcpguard.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link LogFiles} over NIO. Must be used from threads that are never interrupted. */
final class DiskLogFiles implements LogFiles {
  private static final int ZEROS = 1 << 20;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  @Override
  public LogChannel create(Path file) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return Disk.of(file, FileChannel.open(file, options, OWNER_ONLY));
  }

  @Override
  public void prepare(Path file, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, OWNER_ONLY)) {
      for (long left = bytes; left > 0; left -= zeros.position()) {
        channel.write(zeros.clear().limit((int) Math.min(left, ZEROS)));
      }
      channel.force(true);
    }
  }

  @Override
  public LogChannel take(Path prepared, Path file) throws IOException {
    // a name that is taken already is not replaced: the writer lock was not what it seems
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
    return Disk.of(file, FileChannel.open(file, StandardOpenOption.WRITE));
  }

  @Override
  public LogChannel open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.position(channel.size());
    return Disk.of(file, channel);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public long usableBytes(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private record Disk(Path file, @Nullable Object key, FileChannel channel)
      implements LogChannel {
    static Disk of(Path file, FileChannel channel) throws IOException {
      return new Disk(file, key(file), channel);
    }

    /** Which file the name stands for (device and inode), or null where that cannot be told. */
    private static @Nullable Object key(Path file) throws IOException {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
      // a file that was deleted, moved or replaced still takes bytes, and loses them when it closes
      if (!Objects.equals(key, key(file))) {
        throw new IOException("`" + file + "` is no longer the file that was opened");
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      channel.position(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
