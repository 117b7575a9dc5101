package dev.mcpguard.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events, in chunks or until the connection ends. Not thread-safe. */
final class EventStream {
  private final HttpStream in;
  private boolean chunked;
  private boolean ended;
  private byte[] chunk = new byte[0];
  private int at;

  EventStream(HttpStream in) {
    this.in = in;
  }

  void begin(boolean inChunks) {
    chunked = inChunks;
    ended = false;
    chunk = new byte[0];
    at = 0;
  }

  /** The next event with any field; empty when the stream has ended. */
  Optional<RawHttp.Event> next() throws IOException {
    StringBuilder data = new StringBuilder();
    String id = "";
    String name = "";
    boolean any = false;
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (text.isEmpty() && any) {
        return Optional.of(new RawHttp.Event(id, name, data.toString()));
      }
      String value = text.substring(text.indexOf(':') + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      any |= !text.isEmpty() && !text.startsWith(":");
      if (text.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(value);
      } else if (text.startsWith("id:")) {
        id = value;
      } else if (text.startsWith("event:")) {
        name = value;
      }
    }
    return Optional.empty();
  }

  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = read(); each != '\n'; each = read()) {
      if (each < 0) {
        return Optional.empty();
      }
      line.write(each);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  private int read() throws IOException {
    if (!chunked) {
      return in.read();
    }
    if (at == chunk.length && !ended) {
      chunk = in.chunk();
      at = 0;
      ended = chunk.length == 0;
    }
    return ended ? -1 : chunk[at++] & 0xff;
  }
}
