package dev.mcpguard.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP/1.1 client connection over a plain socket that sends exactly the bytes it is given and
 * reads one answer at a time. Reads fail with a {@link java.net.SocketTimeoutException} after the
 * patience it was opened with. Not thread-safe.
 */
final class RawHttp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** An answer: its body is decoded from its framing, {@code raw} is what was on the wire. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; the arrays are the exact bytes.
  record Response(int status, List<Header> headers, byte[] body, byte[] raw) {
    Response {
      headers = List.copyOf(headers);
    }

    Optional<String> header(String name) {
      return Header.values(headers, name).stream().findFirst();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Json json() {
      return Json.read(text());
    }
  }

  /** One server-sent event; fields that were absent are empty. */
  record Event(String id, String name, String data) {
    Json json() {
      return Json.read(data);
    }
  }

  private final Socket socket;
  private final HttpStream in;
  private final EventStream events;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new HttpStream(socket.getInputStream());
    this.events = new EventStream(in);
  }

  static RawHttp connect(int port) throws IOException {
    return connect(port, PATIENCE);
  }

  static RawHttp connect(int port, Duration patience) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    return new RawHttp(socket);
  }

  /** Sends {@code request} on a connection of its own and reads one answer. */
  static Response exchange(int port, byte[] request) throws IOException {
    try (RawHttp connection = connect(port)) {
      return connection.send(request).read();
    }
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends {@code text} in UTF-8; line ends are what the caller wrote. */
  RawHttp send(String text) throws IOException {
    return send(Bytes.of(text));
  }

  /** No more will be sent; the answers can still be read. */
  RawHttp finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The next final answer with its whole body; informational ones (1xx) are skipped. */
  Response read() throws IOException {
    HttpStream.Head head = readHead();
    int status = statusOf(head);
    return new Response(status, head.headers(), bodyOf(head, status), in.takeRaw());
  }

  /** Only status and headers: for streams, followed by {@link #readEvent}. */
  Response readStart() throws IOException {
    HttpStream.Head head = readHead();
    events.begin(head.chunked());
    return new Response(statusOf(head), head.headers(), new byte[0], in.takeRaw());
  }

  /**
   * The next event of the stream begun by {@link #readStart}; empty when the stream has ended.
   * Comments are skipped.
   */
  Optional<Event> readEvent() throws IOException {
    return events.next();
  }

  /** Waits for the peer: true if it closes the connection without sending anything more. */
  boolean closedByPeer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  private HttpStream.Head readHead() throws IOException {
    HttpStream.Head head;
    do {
      in.takeRaw();
      head = in.head().orElseThrow(() -> new IOException("the connection ended before an answer"));
    } while (statusOf(head) / 100 == 1);
    return head;
  }

  private byte[] bodyOf(HttpStream.Head head, int status) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (head.chunked()) {
      return in.chunks();
    }
    Optional<String> length = head.header("content-length");
    return length.isPresent() ? in.counted(Integer.parseInt(length.get())) : in.untilEnd();
  }

  private static int statusOf(HttpStream.Head head) throws IOException {
    String[] words = head.firstLine().split(" ", 3);
    if (words.length < 2
        || !words[0].startsWith("HTTP/1.")
        || !words[1].matches("[1-5][0-9][0-9]")) {
      throw new IOException("not a status line: `" + head.firstLine() + "`");
    }
    return Integer.parseInt(words[1]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
