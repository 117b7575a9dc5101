package dev.mcpguard.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A loopback listener that nobody may call: {@link #assertUntouched} and {@link #close} fail when
 * somebody did. Point URLs at it that the guard must not follow.
 */
final class Trap implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> callers = new CopyOnWriteArrayList<>();
  private final Thread acceptor;

  private Trap(ServerSocket listener) {
    this.listener = listener;
    this.acceptor = Thread.ofVirtual().name("trap").start(this::accept);
  }

  static Trap open() {
    try {
      return new Trap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return callers.size();
  }

  void assertUntouched() {
    if (!callers.isEmpty()) {
      throw new AssertionError("the trap on port " + port() + " was called: " + callers);
    }
  }

  private void accept() {
    while (true) {
      try (Socket caller = listener.accept()) {
        callers.add(firstLineOf(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static String firstLineOf(Socket caller) {
    byte[] start = new byte[200];
    try {
      caller.setSoTimeout(200);
      int length = Math.max(0, caller.getInputStream().read(start));
      return "`" + Bytes.text(Arrays.copyOf(start, length)).lines().findFirst().orElse("") + "`";
    } catch (IOException silent) {
      return "a caller that sent nothing";
    }
  }

  /** Stops listening, then fails if there was any connection. */
  @Override
  public void close() {
    try {
      listener.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertUntouched();
  }
}
