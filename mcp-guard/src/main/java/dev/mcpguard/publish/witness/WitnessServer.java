package dev.mcpguard.publish.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mcpguard.model.WitnessEndpoint;
import dev.mcpguard.model.WitnessReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a {@link WitnessEndpoint} by plain HTTP: for loopback, or behind a proxy that speaks TLS.
 * Thread-safe; close it once.
 */
public final class WitnessServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);
  private static final int LARGEST = 64 << 10;
  private static final int THREADS = 4;

  private final WitnessEndpoint witness;
  private final @Nullable String token;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().name("witness-", 0).factory());

  private WitnessServer(
      WitnessEndpoint witness, InetSocketAddress address, @Nullable String token)
      throws IOException {
    this.witness = witness;
    this.token = token;
    this.server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/add-checkpoint", exchange -> serve(exchange, this::add));
    server.createContext("/newest-checkpoint", exchange -> serve(exchange, this::newest));
  }

  /**
   * Begins to serve.
   *
   * @param token the bearer token it asks for, or null for none
   */
  public static WitnessServer start(
      WitnessEndpoint witness, InetSocketAddress address, @Nullable String token)
      throws IOException {
    // a peer that sends its request a byte at a time must not hold a thread for long
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    WitnessServer serving = new WitnessServer(witness, address, token);
    serving.server.start();
    return serving;
  }

  /** The port that is bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  private record Reply(int status, String type, String body) {
    static Reply of(int status) {
      return new Reply(status, "text/plain", "");
    }
  }

  /** Answers one request. */
  @FunctionalInterface
  private interface Handler {
    Reply answer(HttpExchange exchange) throws IOException;
  }

  private void serve(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      Reply reply = authorized(exchange) ? handled(exchange, handler) : Reply.of(401);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  private static Reply handled(HttpExchange exchange, Handler handler) {
    try {
      return handler.answer(exchange);
    } catch (IOException | RuntimeException failed) {
      LOG.error("a request to the witness failed", failed);
      return Reply.of(500);
    }
  }

  private boolean authorized(HttpExchange exchange) {
    if (token == null) {
      return true;
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }

  private Reply add(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Reply.of(405);
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      return Reply.of(413);
    }
    return switch (witness.addCheckpoint(new String(body, StandardCharsets.UTF_8))) {
      case WitnessReply.Cosigned(String lines) -> new Reply(200, "text/plain; charset=utf-8", lines);
      case WitnessReply.Conflict(long size) -> new Reply(409, "text/x.tlog.size", size + "\n");
      case WitnessReply.Refused(int status) -> Reply.of(status);
    };
  }

  private Reply newest(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    if (!exchange.getRequestMethod().equals("GET")) {
      return Reply.of(405);
    }
    if (query == null || !query.startsWith("origin=")) {
      return Reply.of(400);
    }
    String origin = URLDecoder.decode(query.substring(7), StandardCharsets.UTF_8);
    String note = witness.newest(origin);
    return note == null ? Reply.of(404) : new Reply(200, "text/plain; charset=utf-8", note);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
