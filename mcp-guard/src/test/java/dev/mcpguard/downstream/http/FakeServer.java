package dev.mcpguard.downstream.http;

import dev.mcpguard.downstream.wire.Calls;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A raw-socket HTTP server that keeps every byte it gets and answers as a script says. */
public final class FakeServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** One request as it came. */
  public record Received(String head, String body) {
    /** The first line. */
    public String line() {
      return head.substring(0, head.indexOf("\r\n"));
    }

    /** The value of a header, or null. */
    public @Nullable String header(String name) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return null;
    }

    /** The body as an object, empty if there is none. */
    public JsonObject message() {
      return body.isEmpty() ? JsonObject.of() : Calls.object(body);
    }

    /** The JSON-RPC method, or empty. */
    public String method() {
      String method = message().string("method");
      return method == null ? "" : method;
    }

    /** The JSON-RPC id as text. */
    public String id() {
      JsonValue id = message().get("id");
      return id == null ? "null" : JsonText.text(id);
    }
  }

  /** What to answer. */
  @FunctionalInterface
  public interface Script {
    /** Writes the answer; false closes the connection afterwards. */
    boolean answer(Received request, OutputStream out) throws IOException, InterruptedException;
  }

  /** Starts on a free port. */
  public FakeServer(Script script) throws IOException {
    this.script = script;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Received request = read(in);
      while (request != null) {
        received.add(request);
        if (!script.answer(request, out)) {
          return;
        }
        out.flush();
        request = read(in);
      }
    } catch (IOException | InterruptedException gone) {
      // the client left or the test is over
    }
  }

  private static @Nullable Received read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
    }
    Received bare = new Received(head.toString(StandardCharsets.ISO_8859_1), "");
    String length = bare.header("content-length");
    byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
    return new Received(bare.head(), new String(body, StandardCharsets.UTF_8));
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/mcp");
  }

  /** Every request so far. */
  public List<Received> received() {
    return received;
  }

  /** The requests with this JSON-RPC method. */
  public List<Received> received(String method) {
    return received.stream().filter(request -> request.method().equals(method)).toList();
  }

  /** How many connections were opened. */
  public int connections() {
    return connections.get();
  }

  /** Writes a JSON answer. */
  public static boolean json(OutputStream out, int status, String body) throws IOException {
    return json(out, status, "", body);
  }

  /** Writes a JSON answer with extra header lines, each ended by CR LF. */
  public static boolean json(OutputStream out, int status, String headers, String body)
      throws IOException {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    raw(
        out,
        "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n" + headers
            + "Content-Length: " + utf8.length + "\r\n\r\n" + body);
    return true;
  }

  /** Opens an event stream; the connection must be closed to end it. */
  public static void stream(OutputStream out) throws IOException {
    raw(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
  }

  /** Writes one event. */
  public static void event(OutputStream out, String data) throws IOException {
    raw(out, "event: message\ndata: " + data + "\n\n");
  }

  /** Writes text as it is. */
  public static void raw(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** A result for {@code request}. */
  public static String result(Received request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":" + result + "}";
  }

  /** An error for {@code request}. */
  public static String error(Received request, int code) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"error\":{\"code\":" + code
        + ",\"message\":\"m\"}}";
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
