package dev.mcpguard.front.http;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plain socket that speaks HTTP/1.1 as badly as it is told to. */
final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    in = socket.getInputStream();
  }

  /** Status, headers and body of an answer; a closed connection has status 0. */
  record Reply(int status, List<String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonObject json() {
      try {
        return StrictJson.parseObject(body, JsonLimits.message());
      } catch (MalformedJsonException malformed) {
        throw new AssertionError(status + " " + headers + " " + text(), malformed);
      }
    }

    JsonObject member(String... path) {
      JsonObject at = json();
      for (String name : path) {
        JsonObject next = at.object(name);
        if (next == null) {
          throw new AssertionError("no " + name + " in " + text());
        }
        at = next;
      }
      return at;
    }

    String header(String name) {
      List<String> values = all(name);
      return values.isEmpty() ? "" : values.getFirst();
    }

    List<String> all(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ": ";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()))
          .toList();
    }
  }

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  Reply read() throws IOException {
    String first = line();
    if (first.isEmpty()) {
      return new Reply(0, List.of(), new byte[0]);
    }
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    Reply head = new Reply(Integer.parseInt(first.split(" ")[1]), headers, new byte[0]);
    if (head.header("transfer-encoding").equals("chunked")) {
      return head;
    }
    String length = head.header("content-length");
    return new Reply(
        head.status(), headers, length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length)));
  }

  /** The next event of a stream, comments left out; empty when the stream ended. */
  JsonObject event() throws IOException, MalformedJsonException {
    String event = rawEvent();
    if (event.isEmpty()) {
      return JsonObject.of();
    }
    String[] lines = event.split("\n");
    if (!lines[0].equals("event: message")) {
      throw new AssertionError(event);
    }
    return StrictJson.parseObject(
        lines[1].substring("data: ".length()).getBytes(StandardCharsets.UTF_8),
        JsonLimits.message());
  }

  /** The text of the next event of a stream, comments left out; empty when the stream ended. */
  String rawEvent() throws IOException {
    StringBuilder data = new StringBuilder();
    while (true) {
      String size = line();
      if (size.isEmpty() || size.equals("0")) {
        line();
        return "";
      }
      data.append(new String(in.readNBytes(Integer.parseInt(size, 16)), StandardCharsets.UTF_8));
      line();
      if (data.toString().startsWith(":")) {
        data.setLength(0);
      } else if (data.toString().endsWith("\n\n")) {
        return data.toString();
      }
    }
  }

  /** Whether the other side has closed: nothing more comes. */
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
