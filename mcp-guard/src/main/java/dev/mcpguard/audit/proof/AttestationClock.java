package dev.mcpguard.audit.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has checkpoints cosigned at an interval, on a thread of its own: a witness that is slow or away
 * delays neither requests nor checkpoints. Failures back off, are counted and shown. Thread-safe;
 * close it once.
 */
public final class AttestationClock implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(AttestationClock.class);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Attestation attestation;
  private final Duration interval;
  private final Object gate = new Object();
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread;
  private boolean closed;
  private volatile String problem = "";
  private volatile long cosigned;

  public AttestationClock(Attestation attestation, Duration interval) {
    this.attestation = attestation;
    this.interval = interval;
    this.thread = Thread.ofPlatform().name("witness-clock").daemon().start(this::run);
  }

  private void run() {
    Duration pause = interval;
    while (sleep(pause)) {
      boolean well = submit();
      Duration doubled = pause.multipliedBy(2);
      pause = well ? interval : doubled.compareTo(LONGEST) < 0 ? doubled : longest();
    }
    submit();
  }

  private Duration longest() {
    return interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
  }

  private boolean sleep(Duration pause) {
    synchronized (gate) {
      try {
        if (!closed) {
          gate.wait(Math.max(1, pause.toMillis()));
        }
        return !closed;
      } catch (InterruptedException stopped) {
        return false;
      }
    }
  }

  private boolean submit() {
    try {
      cosigned = attestation.submit();
      problem = "";
      return true;
    } catch (IOException | RuntimeException failure) {
      failures.incrementAndGet();
      String why = "no checkpoint could be cosigned: " + failure.getMessage();
      if (!why.equals(problem)) {
        LOGGER.warn("{}", why);
      }
      problem = why;
      return false;
    }
  }

  /** Why the last attempt failed; empty when it did not. */
  public String problem() {
    return problem;
  }

  /** Attempts that failed since the start. */
  public long failures() {
    return failures.get();
  }

  /** Records below the newest cosigned checkpoint of this run. */
  public long cosigned() {
    return cosigned;
  }

  /** Submits once more and stops. */
  @Override
  public void close() {
    synchronized (gate) {
      closed = true;
      gate.notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
