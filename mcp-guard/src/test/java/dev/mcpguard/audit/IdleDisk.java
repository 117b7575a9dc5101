package dev.mcpguard.audit;

import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A disk that keeps nothing, takes 200 microseconds for a sync and no processor time: what remains
 * is what the log itself costs. For benchmarks.
 */
final class IdleDisk implements LogFiles {
  private static final long SYNC_NANOS = 200_000;

  private final LogFiles real = LogFiles.disk();

  @Override
  public LogChannel create(Path file) throws IOException {
    return new Idle(real.create(file));
  }

  @Override
  public void prepare(Path file, long bytes) throws IOException {
    real.prepare(file, 1);
  }

  @Override
  public LogChannel take(Path prepared, Path file) throws IOException {
    return new Idle(real.take(prepared, file));
  }

  @Override
  public LogChannel open(Path file) throws IOException {
    return new Idle(real.open(file));
  }

  @Override
  public void forceFolder(Path folder) {}

  @Override
  public void rename(Path from, Path to) throws IOException {
    real.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    real.delete(file);
  }

  @Override
  public long usableBytes(Path folder) {
    return Long.MAX_VALUE;
  }

  private record Idle(LogChannel channel) implements LogChannel {
    @Override
    public void append(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void force() {
      LockSupport.parkNanos(SYNC_NANOS);
    }

    @Override
    public void truncate(long size) {}

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
