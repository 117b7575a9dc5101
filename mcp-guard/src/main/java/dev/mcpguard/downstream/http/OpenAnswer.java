package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.Failures;
import dev.mcpguard.model.CallOutcome.Failed;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose first part is there. Closing it frees the connection; one that is not read to its
 * end is closed with it. Used on one thread.
 */
final class OpenAnswer implements AutoCloseable {
  private final Exchange exchange;
  private final @Nullable Inbound first;
  private final Runnable release;

  OpenAnswer(Exchange exchange, @Nullable Inbound first, Runnable release) {
    this.exchange = exchange;
    this.first = first;
    this.release = release;
  }

  /** The first part, or null if the deadline passed without one. */
  @Nullable Inbound first() {
    return first;
  }

  /** The next part of a stream, or null if the deadline passed without one. */
  @Nullable Inbound next(Deadline deadline) {
    return exchange.next(deadline);
  }

  /** What an event that is no answer means for the call. */
  Failed failure(@Nullable Inbound event) {
    boolean sent = exchange.sent();
    return switch (event) {
      case null -> Failures.late(sent);
      case Inbound.Cancelled cancelled -> Failures.abandoned(sent);
      case Inbound.Broken lost when !sent -> Failures.unreachable(lost.detail());
      case Inbound.Broken bad when bad.broken() -> Failures.invalid(bad.detail());
      case Inbound.Broken lost -> Failures.lost(lost.detail());
      case Inbound.Ended ended -> Failures.invalid("the stream ended without an answer");
      case Inbound.NotSent notSent -> Failures.unreachable("the connection was closed");
      case Inbound.Whole whole -> Failures.invalid("an answer in the wrong place");
      case Inbound.Opened opened -> Failures.invalid("a stream in the wrong place");
      case Inbound.Data data -> Failures.invalid("data in the wrong place");
    };
  }

  @Override
  public void close() {
    exchange.close();
    release.run();
  }
}
