package dev.mcpguard.audit;

import dev.mcpguard.audit.store.SealedPayload;
import dev.mcpguard.json.Digest;
import dev.mcpguard.model.RecordKind;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Something queued for the committer; its caller may wait for it. */
abstract sealed class Pending {
  private enum State {
    WAITING,
    DURABLE,
    FAILED
  }

  private volatile State state = State.WAITING;
  private volatile @Nullable Thread waiter;
  private @Nullable Pending below;

  /** What was queued before it; published with it by the queue. */
  @Nullable Pending below() {
    return below;
  }

  void below(@Nullable Pending older) {
    below = older;
  }

  /** Roughly the memory it holds. */
  abstract long bytes();

  /** Whether somebody waits until it is durable; what nobody waits for goes with the next. */
  abstract boolean awaited();

  /** Waits, uninterruptibly, until it is durable (true) or never will be (false). */
  boolean await() {
    waiter = Thread.currentThread();
    boolean interrupted = false;
    while (state == State.WAITING) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return state == State.DURABLE;
  }

  /** Ends the wait; only the first decision counts. Called by the committer only. */
  void decide(boolean durable) {
    if (state == State.WAITING) {
      state = durable ? State.DURABLE : State.FAILED;
    }
  }

  /** Wakes the caller of one that is decided, if it waits; more than once does no harm. */
  void wake() {
    LockSupport.unpark(waiter);
  }

  /** A record without its sequence number. */
  static final class Entry extends Pending {
    private final RecordKind kind;
    private final String decisionId;
    private final LeafDraft draft;
    private final List<SealedPayload> payloads;
    private long sequence = -1;

    Entry(RecordKind kind, String decisionId, LeafDraft draft, List<SealedPayload> payloads) {
      this.kind = kind;
      this.decisionId = decisionId;
      this.draft = draft;
      this.payloads = payloads;
    }

    RecordKind kind() {
      return kind;
    }

    String decisionId() {
      return decisionId;
    }

    LeafDraft draft() {
      return draft;
    }

    List<SealedPayload> payloads() {
      return payloads;
    }

    /** Set by the committer before it is decided; read by the caller after {@link #await}. */
    long sequence() {
      return sequence;
    }

    /** An outcome is ordered, not awaited (docs/decisions/0006). */
    @Override
    boolean awaited() {
      return kind != RecordKind.OUTCOME;
    }

    void sequence(long value) {
      sequence = value;
    }

    @Override
    long bytes() {
      long bytes = 512L + draft.head().length + draft.tail().length;
      for (SealedPayload payload : payloads) {
        bytes += payload.rest().length + 128L;
      }
      return bytes;
    }
  }

  /** Closes the queue it is put on. */
  static final class End extends Pending {
    @Override
    long bytes() {
      return 0;
    }

    @Override
    boolean awaited() {
      return true;
    }
  }

  /** A document for the evidence store. */
  static final class Document extends Pending {
    private final String kind;
    private final Digest digest;
    private final byte[] content;

    Document(String kind, Digest digest, byte[] content) {
      this.kind = kind;
      this.digest = digest;
      this.content = content;
    }

    String kind() {
      return kind;
    }

    Digest digest() {
      return digest;
    }

    byte[] content() {
      return content;
    }

    @Override
    long bytes() {
      return content.length;
    }

    @Override
    boolean awaited() {
      return true;
    }
  }
}
