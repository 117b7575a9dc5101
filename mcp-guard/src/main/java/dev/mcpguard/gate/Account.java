package dev.mcpguard.gate;

import dev.mcpguard.model.CallerLimits;

/** What one subject has taken. Guarded by its own monitor. */
final class Account {
  private static final double MILLIS = 1_000;

  private int running;
  private long bytes;
  private int streams;
  private double saved;
  private long counted;
  private boolean retired;

  /** Begins with everything saved up. */
  Account(CallerLimits limits, long now) {
    saved = limits.requestBurst();
    counted = now;
  }

  /** A limit, as metrics and clients are told of it. */
  enum Limit {
    RUNNING("running"),
    RUNNING_BYTES("running-bytes"),
    REQUESTS("requests-per-second"),
    STREAMS("streams"),
    NONE("");

    private final String text;

    Limit(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Takes a place and a request, or nothing: then the limit that is reached. */
  Limit enter(CallerLimits limits, long size, long now) {
    save(limits, now);
    if (running >= limits.running()) {
      return Limit.RUNNING;
    }
    if (running > 0 && size > limits.runningBytes() - bytes) {
      return Limit.RUNNING_BYTES;
    }
    if (saved < 1) {
      return Limit.REQUESTS;
    }
    saved--;
    running++;
    bytes += size;
    return Limit.NONE;
  }

  /** The places that are taken after it. */
  int leave(long size) {
    bytes -= size;
    return --running;
  }

  /** Takes a place for a request that waits, which is not counted as another one. */
  Limit beginWait(CallerLimits limits) {
    if (running >= limits.running()) {
      return Limit.RUNNING;
    }
    running++;
    return Limit.NONE;
  }

  Limit openStream(CallerLimits limits) {
    if (streams >= limits.streams()) {
      return Limit.STREAMS;
    }
    streams++;
    return Limit.NONE;
  }

  /** The streams that are open after it. */
  int endStream() {
    return --streams;
  }

  /** How long until one more request is saved up. */
  long waitMillis(CallerLimits limits) {
    return (long) Math.ceil((1 - saved) * MILLIS / limits.requestsPerSecond());
  }

  /** Whether it says no more than a new one would; then nobody may use it again. */
  boolean retire(CallerLimits limits, long now) {
    save(limits, now);
    retired = running == 0 && streams == 0 && saved >= limits.requestBurst();
    return retired;
  }

  boolean retired() {
    return retired;
  }

  /** A clock that runs backwards saves nothing and costs nothing. */
  private void save(CallerLimits limits, long now) {
    double earned = Math.max(0, now - counted) / MILLIS * limits.requestsPerSecond();
    saved = Math.min(limits.requestBurst(), saved + earned);
    counted = now;
  }
}
