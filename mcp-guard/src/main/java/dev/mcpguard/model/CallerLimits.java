package dev.mcpguard.model;

/**
 * What one verified subject may take of the guard at a time (threat D8). A subject is an issuer and a
 * {@code sub}: new tokens, clients, addresses, headers, sessions and ids are the same subject.
 *
 * @param running its requests inside the guard at once, those that wait for its client included
 * @param runningBytes their bodies together; a single request is never refused for its own size
 * @param requestsPerSecond requests in the long run
 * @param requestBurst requests that may come at once after a quiet time
 * @param streams its open event streams: subscriptions, and those of sessions
 * @param sessions its legacy sessions; a further one ends its oldest
 */
public record CallerLimits(
    int running,
    long runningBytes,
    int requestsPerSecond,
    int requestBurst,
    int streams,
    int sessions) {
  public static final CallerLimits DEFAULTS =
      new CallerLimits(256, 64L << 20, 1_000, 2_000, 128, 64);

  /** Nothing is limited: for replay and for parts that are tried alone. */
  public static final CallerLimits NONE =
      new CallerLimits(
          Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE,
          Integer.MAX_VALUE, Integer.MAX_VALUE);

  public CallerLimits {
    if (running < 1 || runningBytes < 1 || requestsPerSecond < 1 || requestBurst < 1) {
      throw new IllegalArgumentException("limits of a caller must be positive");
    }
    if (streams < 1 || sessions < 1) {
      throw new IllegalArgumentException("streams and sessions of a caller must be positive");
    }
  }
}
