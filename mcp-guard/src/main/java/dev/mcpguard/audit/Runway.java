package dev.mcpguard.audit;

import dev.mcpguard.audit.store.InstanceFolder;
import dev.mcpguard.audit.store.LogChannel;
import dev.mcpguard.audit.store.LogFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the next segment of a busy log ready as a file of zeros, written by a thread of its own while
 * the current one fills. A log that never fills half a segment has none. Only a matter of speed:
 * whatever goes wrong here, the next segment begins as an empty file. The committer's.
 */
final class Runway {
  private static final Logger LOGGER = LoggerFactory.getLogger(Runway.class);

  /** The disk must hold this many segments for one to be laid out ahead. */
  private static final int ROOM = 8;

  private enum State {
    NONE,
    ASKED,
    READY,
    FAILED
  }

  private final LogFiles files;
  private final InstanceFolder folder;
  private final long bytes;
  private final AtomicReference<State> state = new AtomicReference<>(State.NONE);
  private @Nullable Thread builder;

  Runway(LogFiles files, InstanceFolder folder, long bytes) throws IOException {
    this.files = files;
    this.folder = folder;
    this.bytes = bytes;
    // one that a crash left may be half of one
    files.delete(folder.prepared());
  }

  /** Told how much of the current segment is used. */
  void used(long written) {
    if (written >= bytes / 2 && state.compareAndSet(State.NONE, State.ASKED)) {
      builder = Thread.ofPlatform().name("call-log-runway").daemon().start(this::build);
    }
  }

  private void build() {
    State became = State.FAILED;
    try {
      if (files.usableBytes(folder.segments()) / ROOM > bytes) {
        files.prepare(folder.prepared(), bytes);
        became = State.READY;
      }
    } catch (IOException | RuntimeException failure) {
      LOGGER.info("the next segment was not laid out ahead: {}", failure.toString());
      deletePart();
    }
    state.set(became);
  }

  private void deletePart() {
    try {
      files.delete(folder.prepared());
    } catch (IOException untilTheNextStart) {
      LOGGER.info("`{}` stays until the next start", folder.prepared());
    }
  }

  /** The prepared file under its name as a segment, or null when none is ready. */
  @Nullable LogChannel take(Path segment) throws IOException {
    if (state.get() != State.READY) {
      // it failed, or the segment filled faster than zeros are written: the next may have more luck
      state.compareAndSet(State.FAILED, State.NONE);
      return null;
    }
    LogChannel channel = files.take(folder.prepared(), segment);
    state.set(State.NONE);
    return channel;
  }

  /** Waits for the thread and leaves nothing behind. */
  void close() throws IOException {
    Thread running = builder;
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    files.delete(folder.prepared());
  }
}
