package dev.mcpguard.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes what is queued, writes it, syncs once, wakes all. When to write
 * is the queue's ({@link Rest}). After the first failure of any kind it writes nothing ever again
 * (I5): a second sync would succeed and hide the loss.
 */
final class Committer implements Runnable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Committer.class);
  private static final int FEW = 2;

  private final CommitQueue queue;
  private final SegmentWriter writer;
  private final EvidenceStore evidence;
  private final AtomicLong durable;
  private final List<Pending.Entry> staged = new ArrayList<>();
  private volatile LongConsumer syncs = nanos -> {};

  Committer(CommitQueue queue, SegmentWriter writer, EvidenceStore evidence, AtomicLong durable) {
    this.queue = queue;
    this.writer = writer;
    this.evidence = evidence;
    this.durable = durable;
  }

  /** Who is told how long a batch took. */
  void watch(LongConsumer nanos) {
    syncs = nanos;
  }

  @Override
  public void run() {
    List<Pending> batch = queue.take();
    while (!batch.isEmpty()) {
      try {
        commit(batch);
      } catch (IOException | RuntimeException | Error failure) {
        latch(failure, batch);
        return;
      }
      batch = queue.take();
    }
  }

  private void commit(List<Pending> batch) throws IOException {
    for (Pending pending : batch) {
      switch (pending) {
        case Pending.Entry entry -> {
          writer.stage(entry);
          staged.add(entry);
          if (writer.full()) {
            flush();
          }
        }
        case Pending.Document document -> {
          evidence.keep(document);
          complete(List.of(document), true);
        }
        case Pending.End end -> {}
      }
    }
    flush();
  }

  private void flush() throws IOException {
    long start = System.nanoTime();
    writer.flush();
    if (!staged.isEmpty()) {
      syncs.accept(System.nanoTime() - start);
    }
    durable.set(writer.size());
    if (!staged.isEmpty()) {
      complete(List.copyOf(staged), true);
      staged.clear();
    }
  }

  /**
   * Says what became of them at once, and has them woken by a virtual thread: waking from outside
   * the scheduler of the waiting ones took longer than writing what they wait for.
   */
  private static void complete(List<? extends Pending> all, boolean durable) {
    // INVARIANT: the answer is final before anything else can fail
    all.forEach(pending -> pending.decide(durable));
    List<? extends Pending> awaited = all.stream().filter(Pending::awaited).toList();
    if (awaited.size() <= FEW) {
      awaited.forEach(Pending::wake);
    } else {
      Thread.ofVirtual().name("call-log-waker").start(() -> awaited.forEach(Pending::wake));
    }
  }

  private void latch(Throwable failure, List<Pending> batch) {
    LOGGER.error(
        "the call log cannot be written; every call is refused until a restart: {}",
        failure.toString(),
        failure instanceof IOException ? null : failure);
    List<Pending> queued = queue.fail("the call log cannot be written: " + failure.getMessage());
    // those already durable stay so
    complete(batch, false);
    complete(queued, false);
  }
}
