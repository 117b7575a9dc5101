package dev.mcpguard.audit;

import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.model.AuditUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Makes sure that one process at a time writes an instance's log (F11). */
final class WriterLock implements AutoCloseable {
  private final FileChannel channel;

  private WriterLock(FileChannel channel) {
    this.channel = channel;
  }

  static WriterLock take(InstanceFolder folder) throws IOException, AuditUnavailableException {
    FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new AuditUnavailableException(
          "another guard writes the call log `" + folder.path()
              + "`; give each guard an instance name of its own");
    }
    return new WriterLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      // releases the lock
      channel.close();
    } catch (IOException nothingWasWritten) {
      // the process gives it back at its end
      return;
    }
  }
}
