package dev.mcpguard.replay;

import dev.mcpguard.audit.LogCursor;
import dev.mcpguard.audit.LogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Replays the records of one log on several threads and hands over the results in the order of the
 * log. Memory is a few thousand records. Confined to the thread that made it.
 */
public final class ParallelReplay implements AutoCloseable {
  private static final int TOGETHER = 256;
  private static final int AHEAD = 4;

  private final int threads;
  private final ExecutorService workers;
  private final ConcurrentLinkedQueue<Replayer> idle = new ConcurrentLinkedQueue<>();

  private final List<Replayer> made = new ArrayList<>();

  /**
   * @param first stays the caller's to close
   */
  public ParallelReplay(Replayer first, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread is needed to replay");
    }
    this.threads = threads;
    this.workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("replay-", 0).daemon().factory());
    for (int i = 0; i < threads; i++) {
      Replayer replayer = first.another();
      made.add(replayer);
      idle.add(replayer);
    }
  }

  /** Replays what is left of {@code cursor}. */
  public void each(LogCursor cursor, Consumer<Replayed> sink) throws IOException {
    ArrayDeque<Future<List<Replayed>>> running = new ArrayDeque<>();
    for (List<LogEntry> some = next(cursor); !some.isEmpty(); some = next(cursor)) {
      List<LogEntry> entries = some;
      // chunks are begun in order, so every replayer only ever moves forward through the log
      running.add(workers.submit(() -> replay(entries)));
      if (running.size() > AHEAD * threads) {
        finished(running.remove()).forEach(sink);
      }
    }
    while (!running.isEmpty()) {
      finished(running.remove()).forEach(sink);
    }
  }

  private static List<LogEntry> next(LogCursor cursor) throws IOException {
    List<LogEntry> entries = new ArrayList<>(TOGETHER);
    while (entries.size() < TOGETHER) {
      LogEntry entry = cursor.next();
      if (entry == null) {
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  private List<Replayed> replay(List<LogEntry> entries) throws IOException {
    // INVARIANT: there are as many as threads, and each comes back: one is always free
    Replayer replayer = Objects.requireNonNull(idle.poll());
    try {
      List<Replayed> replayed = new ArrayList<>(entries.size());
      for (LogEntry entry : entries) {
        replayed.add(replayer.replay(entry));
      }
      return replayed;
    } finally {
      idle.add(replayer);
    }
  }

  private static List<Replayed> finished(Future<List<Replayed>> chunk) throws IOException {
    try {
      return chunk.get();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case IOException unreadable -> throw unreadable;
        case UncheckedIOException damaged -> throw damaged;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IllegalStateException(failure);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("replay was interrupted", stopped);
    }
  }

  @Override
  public void close() throws IOException {
    workers.shutdown();
    try {
      // what still runs ends within moments; reading must not be interrupted, it closes files
      workers.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    for (Replayer replayer : made) {
      replayer.close();
    }
  }
}
