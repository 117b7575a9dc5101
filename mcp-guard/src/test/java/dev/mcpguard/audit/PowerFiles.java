package dev.mcpguard.audit;

import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A disk that knows what would be left if the power went now: what was synced, under names whose
 * folder was synced; of everything else any 512-byte block may or may not be there. Thread-safe.
 */
final class PowerFiles implements LogFiles {
  private static final int BLOCK = 512;

  /** A file apart from its name. */
  private static final class Inode {
    private byte[] synced = new byte[0];
  }

  private final LogFiles real = LogFiles.disk();
  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Inode> durable = new HashMap<>();

  @Override
  public synchronized LogChannel create(Path file) throws IOException {
    LogChannel channel = real.create(file);
    Inode inode = new Inode();
    names.put(file, inode);
    return new Watched(channel, file, inode);
  }

  @Override
  public synchronized void prepare(Path file, long bytes) throws IOException {
    real.prepare(file, bytes);
    Inode inode = new Inode();
    inode.synced = new byte[(int) bytes];
    names.put(file, inode);
  }

  @Override
  public synchronized LogChannel take(Path prepared, Path file) throws IOException {
    LogChannel channel = real.take(prepared, file);
    Inode inode = moved(prepared, file);
    return new Watched(channel, file, inode);
  }

  private Inode moved(Path from, Path to) {
    Inode inode = names.getOrDefault(from, new Inode());
    names.remove(from);
    names.put(to, inode);
    return inode;
  }

  @Override
  public LogChannel open(Path file) {
    throw new IllegalStateException("the log under test is fresh");
  }

  @Override
  public synchronized void forceFolder(Path folder) throws IOException {
    real.forceFolder(folder);
    durable.keySet().removeIf(file -> folder.equals(file.getParent()) && !names.containsKey(file));
    names.forEach(
        (file, inode) -> {
          if (folder.equals(file.getParent())) {
            durable.put(file, inode);
          }
        });
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    real.rename(from, to);
    moved(from, to);
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    real.delete(file);
    names.remove(file);
  }

  @Override
  public long usableBytes(Path folder) {
    return Long.MAX_VALUE;
  }

  /** Writes what would be left into {@code target}, in place of {@code source}. */
  synchronized void cut(Path source, Path target, Random random) throws IOException {
    for (Map.Entry<Path, Inode> file : durable.entrySet()) {
      Path left = target.resolve(source.relativize(file.getKey()));
      Files.createDirectories(left.getParent());
      Files.write(left, left(file.getKey(), file.getValue(), random));
    }
  }

  private byte[] left(Path name, Inode inode, Random random) throws IOException {
    byte[] live =
        names.get(name) == inode && Files.exists(name) ? Files.readAllBytes(name) : inode.synced;
    // a size that was not synced may be there as well, with blocks that are not
    byte[] left = java.util.Arrays.copyOf(
        inode.synced, random.nextBoolean() ? Math.max(live.length, inode.synced.length) : inode.synced.length);
    for (int at = 0; at < Math.min(left.length, live.length); at += BLOCK) {
      if (random.nextBoolean()) {
        System.arraycopy(live, at, left, at, Math.min(BLOCK, Math.min(left.length, live.length) - at));
      }
    }
    return left;
  }

  private final class Watched implements LogChannel {
    private final LogChannel channel;
    private final Path file;
    private final Inode inode;

    Watched(LogChannel channel, Path file, Inode inode) {
      this.channel = channel;
      this.file = file;
      this.inode = inode;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      synchronized (PowerFiles.this) {
        channel.append(bytes);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (PowerFiles.this) {
        channel.force();
        inode.synced = Files.readAllBytes(file);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (PowerFiles.this) {
        channel.truncate(size);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
