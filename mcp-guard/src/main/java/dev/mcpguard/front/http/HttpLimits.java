package dev.mcpguard.front.http;

import java.time.Duration;

/**
 * Bounds of the HTTP front (threats C6, C15, D6).
 *
 * @param headerBytes the longest header section
 * @param bodyBytes the longest body; nothing is decided on a prefix
 * @param head from the first byte of a request to the end of its headers
 * @param body from the headers to the end of the body
 * @param idle between two requests
 * @param write the longest a slow reader may hold up one write
 * @param connections the most connections
 * @param perAddress the most connections of one address
 * @param running the most requests inside the gate; one more is answered 503
 * @param batch the most elements of a batch
 * @param keepAlive between two comment lines on a silent stream
 * @param ask the longest wait for a client's answer to a question of a server
 */
public record HttpLimits(
    int headerBytes,
    int bodyBytes,
    Duration head,
    Duration body,
    Duration idle,
    Duration write,
    int connections,
    int perAddress,
    int running,
    int batch,
    Duration keepAlive,
    Duration ask) {
  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          32 << 10,
          4 << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          16_384,
          16_384,
          1_024,
          50,
          Duration.ofSeconds(15),
          Duration.ofMinutes(10));

  public HttpLimits {
    if (headerBytes < 256 || bodyBytes < 1 || connections < 1 || perAddress < 1) {
      throw new IllegalArgumentException("http limits out of range");
    }
    if (running < 1 || batch < 1) {
      throw new IllegalArgumentException("running and batch must be positive");
    }
  }

  public HttpLimits withBodyBytes(int value) {
    return new HttpLimits(
        headerBytes, value, head, body, idle, write, connections, perAddress, running, batch,
        keepAlive, ask);
  }

  public HttpLimits withRunning(int value) {
    return new HttpLimits(
        headerBytes, bodyBytes, head, body, idle, write, connections, perAddress, value, batch,
        keepAlive, ask);
  }

  public HttpLimits withConnections(int total, int ofOneAddress) {
    return new HttpLimits(
        headerBytes, bodyBytes, head, body, idle, write, total, ofOneAddress, running, batch,
        keepAlive, ask);
  }

  /** The same with other time-outs for head, body and idle connections. */
  public HttpLimits withTimeouts(Duration ofHead, Duration ofBody, Duration ofIdle) {
    return new HttpLimits(
        headerBytes, bodyBytes, ofHead, ofBody, ofIdle, write, connections, perAddress, running,
        batch, keepAlive, ask);
  }

  /** The same with another pause between keep-alive comments on a stream. */
  public HttpLimits withKeepAlive(Duration value) {
    return new HttpLimits(
        headerBytes, bodyBytes, head, body, idle, write, connections, perAddress, running, batch,
        value, ask);
  }
}
