package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Deadline;
import io.netty.bootstrap.Bootstrap;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one server, bounded, reused last in, first out. Thread-safe; callers are
 * virtual threads and may wait, event loops never do.
 */
final class ConnectionPool implements AutoCloseable {
  private record Idle(Connection connection, long since) {}

  private final HttpEndpoint endpoint;
  private final HttpLimits limits;
  private final Bootstrap bootstrap;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();
  private volatile long idleNanos;
  private volatile boolean closed;

  ConnectionPool(HttpEndpoint endpoint, HttpLimits limits, HttpRuntime runtime, Wiring wiring) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.permits = new Semaphore(limits.connections());
    this.idleNanos = limits.idle().toNanos();
    this.bootstrap = wiring.bootstrap(runtime);
  }

  /** Why no connection could be had; nothing was sent. */
  static final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreachableException(String detail) {
      super(detail, null, false, false);
    }
  }

  /** Waits for the right to use one connection; give it back by {@link #release}. */
  void acquire(Deadline deadline) throws UnreachableException {
    try {
      if (closed || !permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        throw new UnreachableException("every connection to the server is in use");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted while waiting for a connection");
    }
  }

  void release() {
    permits.release();
  }

  /** A connection that was used before and still looks open, or null. */
  @Nullable Connection reuse() {
    while (true) {
      Idle candidate = idle.pollFirst();
      if (candidate == null) {
        return null;
      }
      idleCount.decrementAndGet();
      if (System.nanoTime() - candidate.since() > idleNanos) {
        candidate.connection().close();
      } else if (candidate.connection().active()) {
        return candidate.connection();
      }
    }
  }

  /** A new connection. */
  Connection connect(Deadline deadline) throws UnreachableException {
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Duration limit = limits.connect();
    // resolved here, on the caller's thread: the resolver of the JDK blocks
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (address.isUnresolved()) {
      throw new UnreachableException("the host name of the server does not resolve");
    }
    Handshake.connect(bootstrap, address, this, opened);
    try {
      long nanos = deadline.within(limit).remainingNanos();
      return opened.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      opened.cancel(false);
      throw new UnreachableException("no connection to the server in time");
    } catch (ExecutionException failed) {
      throw new UnreachableException(
          "no connection to the server: " + String.valueOf(failed.getCause()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted while connecting");
    }
  }

  /** On a loop: the connection can serve another exchange. */
  void idle(Connection connection) {
    if (closed || idleCount.get() >= limits.connections()) {
      connection.close();
      return;
    }
    idleCount.incrementAndGet();
    idle.addFirst(new Idle(connection, System.nanoTime()));
    evictOldest();
  }

  private void evictOldest() {
    Idle oldest = idle.peekLast();
    if (oldest != null
        && System.nanoTime() - oldest.since() > idleNanos
        && idle.remove(oldest)) {
      idleCount.decrementAndGet();
      oldest.connection().close();
    }
  }

  /** On a loop: the connection is closed. */
  void closed(Connection connection) {
    if (idle.removeIf(entry -> entry.connection() == connection)) {
      idleCount.decrementAndGet();
    }
  }

  /** On a loop: the server said how long it keeps a connection; stay a second below that. */
  void heard(@Nullable String keepAlive) {
    if (keepAlive == null || !keepAlive.startsWith("timeout=") || keepAlive.length() > 40) {
      return;
    }
    int end = keepAlive.indexOf(',');
    String seconds = keepAlive.substring(8, end < 0 ? keepAlive.length() : end).strip();
    if (!seconds.isEmpty() && seconds.length() < 6 && seconds.chars().allMatch(Character::isDigit)) {
      long told = Duration.ofSeconds(Math.max(0, Long.parseLong(seconds) - 1)).toNanos();
      idleNanos = Math.min(limits.idle().toNanos(), told);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Connection connection = reuse(); connection != null; connection = reuse()) {
      connection.close();
    }
  }
}
