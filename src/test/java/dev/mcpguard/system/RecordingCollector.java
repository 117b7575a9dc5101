package dev.mcpguard.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * An OTLP/HTTP receiver that keeps every byte it is sent, and can misbehave. Understands as much of
 * protocol buffers as traces need. Thread-safe.
 */
final class RecordingCollector implements AutoCloseable {
  /** What it does with an export. */
  enum Manner {
    WELL,
    SILENT,
    REFUSING,
    ENDLESS
  }

  /** One export, unpacked. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; the array is the exact bytes.
  record Export(String path, String authorization, byte[] body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Export> exports = new CopyOnWriteArrayList<>();
  private volatile Manner manner = Manner.WELL;

  private RecordingCollector(HttpServer server) {
    this.server = server;
  }

  static RecordingCollector start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RecordingCollector collector = new RecordingCollector(server);
    server.setExecutor(collector.threads);
    server.createContext("/", collector::take);
    server.start();
    return collector;
  }

  RecordingCollector behave(Manner wanted) {
    manner = wanted;
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      byte[] plain =
          packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
      exports.add(new Export(exchange.getRequestURI().getPath(), given == null ? "" : given, plain));
      answer(exchange);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    switch (manner) {
      case WELL -> exchange.sendResponseHeaders(200, -1);
      case SILENT -> Thread.sleep(Duration.ofMinutes(5));
      case REFUSING -> exchange.sendResponseHeaders(400, -1);
      case ENDLESS -> {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          byte[] noise = new byte[1 << 16];
          while (!Thread.currentThread().isInterrupted()) {
            out.write(noise);
          }
        }
      }
    }
  }

  List<Export> exports() {
    return List.copyOf(exports);
  }

  /** Every span received so far. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (Export export : exports) {
      if (export.path().equals("/v1/traces")) {
        for (Protobuf resource : Protobuf.of(export.body()).messages(1)) {
          for (Protobuf scope : resource.messages(2)) {
            scope.messages(2).forEach(span -> spans.add(Span.of(span)));
          }
        }
      }
    }
    return spans;
  }

  /** The names of every metric received so far. */
  List<String> metrics() {
    List<String> names = new ArrayList<>();
    for (Export export : exports) {
      if (export.path().equals("/v1/metrics")) {
        for (Protobuf resource : Protobuf.of(export.body()).messages(1)) {
          for (Protobuf scope : resource.messages(2)) {
            scope.messages(2).forEach(metric -> names.add(metric.text(1)));
          }
        }
      }
    }
    return names;
  }

  /** Waits until {@code count} spans came. */
  List<Span> await(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (spans().size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(count + " spans expected, not " + spans());
      }
      Thread.sleep(50);
    }
    return spans();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
