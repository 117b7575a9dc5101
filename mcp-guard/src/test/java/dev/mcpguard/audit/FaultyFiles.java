package dev.mcpguard.audit;

import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A file system that fails one chosen operation, once, and then works again, as a real one does.
 */
final class FaultyFiles implements LogFiles {
  private final LogFiles real = LogFiles.disk();
  private final int failAt;
  private final boolean tear;
  final CountDownLatch prepared = new CountDownLatch(1);
  volatile boolean failPreparing;
  volatile long usable = Long.MAX_VALUE;
  private int operations;
  boolean failed;

  FaultyFiles(int failAt, boolean tear) {
    this.failAt = failAt;
    this.tear = tear;
  }

  private synchronized boolean fails() {
    boolean now = operations++ == failAt;
    failed |= now;
    return now;
  }

  private void step(String what) throws IOException {
    if (fails()) {
      throw new IOException("injected fault in " + what);
    }
  }

  @Override
  public LogChannel create(Path file) throws IOException {
    step("create");
    return new Faulty(real.create(file));
  }

  @Override
  public void prepare(Path file, long bytes) throws IOException {
    // by a thread of its own: not a step of the writer, and its failure is nobody's loss
    if (failPreparing) {
      throw new IOException("injected fault in prepare: No space left on device");
    }
    real.prepare(file, bytes);
    prepared.countDown();
  }

  @Override
  public LogChannel take(Path from, Path file) throws IOException {
    step("take");
    return new Faulty(real.take(from, file));
  }

  @Override
  public LogChannel open(Path file) throws IOException {
    step("open");
    return new Faulty(real.open(file));
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    step("forceFolder");
    real.forceFolder(folder);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step("rename");
    real.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step("delete");
    real.delete(file);
  }

  @Override
  public long usableBytes(Path folder) {
    return usable;
  }

  private final class Faulty implements LogChannel {
    private final LogChannel channel;

    Faulty(LogChannel channel) {
      this.channel = channel;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      if (fails()) {
        if (tear) {
          channel.append(bytes.slice(0, bytes.remaining() / 2));
        }
        throw new IOException("injected fault in append: No space left on device");
      }
      channel.append(bytes);
    }

    @Override
    public void force() throws IOException {
      step("force");
      channel.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      step("truncate");
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
