package dev.mcpguard.downstream.http;

import java.time.Duration;

/**
 * How much of a server's answers and connections the guard bears.
 *
 * @param connections the most connections, which is the most calls at a time
 * @param connect how long a connection may take to open, TLS included
 * @param idle how long an unused connection is kept
 * @param headerBytes the longest head of an answer
 * @param answerBytes the longest JSON answer, and the longest message of a stream
 * @param streamBytes the longest stream
 */
public record HttpLimits(
    int connections,
    Duration connect,
    Duration idle,
    int headerBytes,
    int answerBytes,
    int streamBytes) {

  /** The defaults: 256 connections, 3 s to connect, 30 s idle, 16 KiB, 4 MiB, 16 MiB. */
  public static HttpLimits standard() {
    return new HttpLimits(
        256, Duration.ofSeconds(3), Duration.ofSeconds(30), 16 << 10, 4 << 20, 16 << 20);
  }

  /** The same with another bound on answers. */
  public HttpLimits withAnswerBytes(int bytes) {
    return new HttpLimits(
        connections, connect, idle, headerBytes, bytes, Math.max(bytes, streamBytes));
  }

  /** The same for a stream that stays open: only its messages are bounded. */
  HttpLimits endless() {
    return new HttpLimits(
        connections, connect, idle, headerBytes, answerBytes, Integer.MAX_VALUE);
  }

  /** The same with another number of connections. */
  public HttpLimits withConnections(int most) {
    return new HttpLimits(most, connect, idle, headerBytes, answerBytes, streamBytes);
  }
}
