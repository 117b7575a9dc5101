package dev.mcpguard.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recording downstream of the threat tests: an MCP tool server over HTTP/1.1 on a plain socket
 * of loopback, that counts connections and requests and keeps the exact bytes it got. A request is
 * recorded before it is answered. Thread-safe; one virtual thread for each connection.
 */
final class RecordingServer implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Recording recording = new Recording();
  private final HttpAnswers answers;

  private RecordingServer(ServerSocket listener, Behaviour behaviour) {
    this.listener = listener;
    this.answers = new HttpAnswers(behaviour);
    Thread.ofVirtual().name("recording-server").start(this::accept);
  }

  static RecordingServer start(Behaviour behaviour) {
    try {
      return new RecordingServer(
          new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()), behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/mcp");
  }

  int port() {
    return listener.getLocalPort();
  }

  Behaviour behaviour() {
    return answers.behaviour();
  }

  /** From the next request on. */
  void behave(Behaviour behaviour) {
    answers.behave(behaviour);
  }

  /** As after a restart of the server. */
  void forgetSessions() {
    answers.forgetSessions();
  }

  /** Sends a message on every open GET and listen stream; returns how many there were. */
  int push(String message) {
    return answers.push(message);
  }

  /** Closes every connection that is open now, whatever it is doing. */
  void dropConnections() {
    open.forEach(RecordingServer::closeQuietly);
  }

  /** How many there have been. */
  int connections() {
    return recording.connections();
  }

  /** How many are open now: falls when the peer leaves, which is how a cancelled call is seen. */
  int openConnections() {
    return open.size();
  }

  List<RecordedRequest> requests() {
    return recording.requests();
  }

  /** The requests that were {@code tools/call}, in order of arrival. */
  List<RecordedRequest> calls() {
    return requests().stream().filter(RecordedRequest::isCall).toList();
  }

  /** Every byte ever received, framed into requests or not. */
  byte[] received() {
    return recording.received();
  }

  /** Waits until {@code count} calls have arrived; fails after ten seconds. */
  List<RecordedRequest> awaitCalls(int count) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (calls().size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(count + " calls expected, got " + requests());
      }
      Thread.sleep(5);
    }
    return calls();
  }

  /**
   * The verdict "refused": not one call, and not a byte of {@code marker} in anything that arrived.
   */
  void assertNothingOf(String marker) {
    if (!calls().isEmpty() || Bytes.indexOf(received(), Bytes.of(marker), 0) >= 0) {
      throw new AssertionError("a refused call reached the server: " + requests());
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Recording.Connection connection = recording.connection(socket.getInputStream());
        Thread.ofVirtual().start(() -> serve(socket, connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, Recording.Connection connection) {
    try (socket) {
      socket.setTcpNoDelay(true);
      HttpStream in = new HttpStream(connection.in());
      Wire wire = new Wire(socket.getOutputStream());
      Optional<RecordedRequest> request = next(in, connection.number());
      while (request.isPresent() && answers.answer(request.get(), wire) == HttpAnswers.Then.KEEP) {
        request = next(in, connection.number());
      }
    } catch (IOException | NumberFormatException broken) {
      // The peer left or sent what is no HTTP: its bytes are recorded, which is all a test asks
      // for.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private Optional<RecordedRequest> next(HttpStream in, int connection) throws IOException {
    Optional<HttpStream.Head> head = in.head();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    byte[] body =
        head.get().chunked()
            ? in.chunks()
            : in.counted(Integer.parseInt(head.get().header("content-length").orElse("0")));
    RecordedRequest request = new RecordedRequest(connection, head.get(), body, in.takeRaw());
    recording.add(request);
    return Optional.of(request);
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception alreadyGone) {
      // Closing is all that was wanted.
    }
  }

  @Override
  public void close() {
    answers.close();
    closeQuietly(listener);
    dropConnections();
  }
}
