package dev.mcpguard.front;

import java.util.Map;

/** Counters of a front, read by whoever publishes them. Thread-safe; values only roughly coincide. */
public interface FrontMetrics {

  /**
   * Requests ended so far, by outcome: {@code result}, {@code accepted}, {@code server-error}, a
   * reason code, or {@code http-<status>} for what never became a request.
   */
  Map<String, Long> requestsByOutcome();

  /** Connections open now. */
  int openConnections();

  /** Requests inside the gate now. */
  int requestsRunning();

  /** Legacy sessions alive now. */
  int sessions();

  /** Event streams open now that no request runs behind. */
  int streams();
}
