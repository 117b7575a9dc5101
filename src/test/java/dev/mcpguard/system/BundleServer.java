package dev.mcpguard.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Serves one bundle under entity tags, as a bundle server does, and counts. Thread-safe. */
final class BundleServer implements AutoCloseable {
  private static final int NOT_MODIFIED = 304;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final AtomicReference<Served> served = new AtomicReference<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger unchanged = new AtomicInteger();

  private record Served(String etag, byte[] archive) {}

  private BundleServer(HttpServer server) {
    this.server = server;
  }

  /** On a free port. */
  static BundleServer start(byte[] archive) throws IOException {
    return start(0, archive);
  }

  static BundleServer start(int port, byte[] archive) throws IOException {
    BundleServer started =
        new BundleServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    started.serve(archive);
    started.server.createContext("/bundle.tar.gz", started::answer);
    started.server.start();
    return started;
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/bundle.tar.gz");
  }

  /** From now on this one; its tag follows from its bytes. */
  BundleServer serve(byte[] archive) {
    served.set(new Served("\"" + Base64.getUrlEncoder().encodeToString(sha256(archive)) + "\"", archive));
    return this;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How often a bundle was sent. */
  int sent() {
    return sent.get();
  }

  /** How often the asker held the newest. */
  int unchanged() {
    return unchanged.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Served now = served.get();
      if (now.etag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(NOT_MODIFIED, NO_BODY);
        unchanged.incrementAndGet();
        return;
      }
      exchange.getResponseHeaders().set("ETag", now.etag());
      exchange.getResponseHeaders().set("Content-Type", "application/gzip");
      exchange.sendResponseHeaders(200, now.archive().length);
      exchange.getResponseBody().write(now.archive());
      sent.incrementAndGet();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
