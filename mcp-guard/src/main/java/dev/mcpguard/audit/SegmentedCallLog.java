package dev.mcpguard.audit;

import dev.mcpguard.audit.store.LogFiles;
import dev.mcpguard.audit.store.PayloadSealer;
import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.Digest;
import dev.mcpguard.model.Admission;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallLog;
import dev.mcpguard.model.CallRecord;
import dev.mcpguard.model.RecordKind;
import dev.mcpguard.model.RecordTooLargeException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The call log in append-only segments with group commit. Thread-safe; callers block until their
 * record is durable, except for outcomes, which are ordered and return. One writer per instance
 * folder, by lock. After the first failed write or sync the log is unavailable for good.
 */
public final class SegmentedCallLog implements CallLog {
  private static final Pattern EVIDENCE_KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final OpenedLog opened;
  private final PayloadSealer sealer;
  private final DiskWatch disk;
  private final CommitQueue queue;
  private final AtomicLong durable;
  private final Committer work;
  private final Thread committer;

  private SegmentedCallLog(OpenedLog opened, CallLogSettings settings, LogFiles files) {
    this.opened = opened;
    this.sealer = opened.sealer();
    this.disk = new DiskWatch(settings, files);
    this.queue = new CommitQueue(settings.queueBytes());
    this.durable = new AtomicLong(opened.writer().size());
    EvidenceStore evidence = new EvidenceStore(files, opened.folder());
    this.work = new Committer(queue, opened.writer(), evidence, durable);
    // a platform thread that nobody interrupts: an interrupt would close the file under it
    this.committer = Thread.ofPlatform().name("call-log-committer").daemon().start(work);
  }

  /** Opens or creates the log, repairs a torn tail, and settles what a crash left open. */
  public static SegmentedCallLog open(CallLogSettings settings, InstantSource clock)
      throws AuditUnavailableException {
    return open(settings, clock, LogFiles.disk());
  }

  /** As {@link #open(CallLogSettings, InstantSource)} over any file system. */
  public static SegmentedCallLog open(
      CallLogSettings settings, InstantSource clock, LogFiles files)
      throws AuditUnavailableException {
    return new SegmentedCallLog(OpenedLog.of(settings, clock, files), settings, files);
  }

  @Override
  public Admission admit(CallRecord admission)
      throws AuditUnavailableException, RecordTooLargeException {
    if (admission.kind() != RecordKind.ADMISSION) {
      throw new IllegalArgumentException("an admission is needed, not " + admission.kind().text());
    }
    disk.refuseBelowReserve();
    Pending.Entry entry = enqueue(admission);
    await(entry);
    return new Admission(entry.sequence(), admission.decisionId());
  }

  @Override
  public void settle(CallRecord terminal)
      throws AuditUnavailableException, RecordTooLargeException {
    Pending.Entry entry =
        switch (terminal.kind()) {
          case ADMISSION -> throw new IllegalArgumentException("an admission settles nothing");
          case OUTCOME, REFUSAL, EVENT -> enqueue(terminal);
        };
    if (terminal.kind() != RecordKind.OUTCOME) {
      await(entry);
    }
  }

  @Override
  public Digest keep(String kind, byte[] document) throws AuditUnavailableException {
    if (!EVIDENCE_KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("the kind of evidence must match " + EVIDENCE_KIND);
    }
    Digest digest = Digest.of(document);
    Pending.Document pending = new Pending.Document(kind, digest, document.clone());
    queue.put(pending);
    await(pending);
    return digest;
  }

  @Override
  public boolean available() {
    return queue.open() && !disk.belowReserve();
  }

  /** Whether free disk space is below the warning. */
  public boolean diskLow() {
    return disk.belowWarning();
  }

  /** Free disk space in bytes, as last looked at. */
  public long diskFree() {
    return disk.usable();
  }

  /** Records that wait to be written. */
  public int queuedRecords() {
    return queue.queued();
  }

  /** Bytes that wait to be written. */
  public long queuedBytes() {
    return queue.queuedBytes();
  }

  /** From now on {@code nanos} is told how long each batch took to be durable; it must be quick. */
  public void watchSyncs(LongConsumer nanos) {
    work.watch(nanos);
  }

  /** Records that are durable: the sequence numbers below this. */
  public long durableSize() {
    return durable.get();
  }

  /** What is durable, for the one who signs it. */
  public DurableLeaves durable() {
    FreshHashes fresh = opened.writer().fresh();
    return new DurableLeaves() {
      @Override
      public long size() {
        return durable.get();
      }

      @Override
      public byte @Nullable [] hash(long sequence) {
        return fresh.take(sequence);
      }
    };
  }

  /** Waits for everything queued, then releases the lock. */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (committer.isAlive()) {
      try {
        committer.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    opened.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Pending.Entry enqueue(CallRecord record)
      throws AuditUnavailableException, RecordTooLargeException {
    List<SealedPayload> payloads = new ArrayList<>();
    for (Map.Entry<String, byte[]> payload : new TreeMap<>(record.payloads()).entrySet()) {
      payloads.add(sealer.seal(payload.getKey(), payload.getValue()));
    }
    LeafDraft draft = LeafDraft.of(record, payloads);
    Pending.Entry entry =
        new Pending.Entry(record.kind(), record.decisionId(), draft, List.copyOf(payloads));
    queue.put(entry);
    return entry;
  }

  private void await(Pending pending) throws AuditUnavailableException {
    if (!pending.await()) {
      throw new AuditUnavailableException(queue.why());
    }
  }
}
