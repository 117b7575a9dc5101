package dev.mcpguard.audit.keep;

import dev.mcpguard.audit.store.InstanceFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One packer, retention or erasure at a time per instance; independent of the writer's lock. */
final class KeeperLock implements AutoCloseable {
  private final FileChannel channel;

  private KeeperLock(FileChannel channel) {
    this.channel = channel;
  }

  static KeeperLock take(InstanceFolder folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.path().resolve("keeper.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException(
          "another process is packing, erasing or removing in `" + folder.path() + "`; try again");
    }
    return new KeeperLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
