package dev.mcpguard.system;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes HTTP/1.1 answers as exact bytes. Events may be written by several threads; the rest by
 * one.
 */
final class Wire {
  private static final String LINE_END = "\r\n";

  private final OutputStream out;

  Wire(OutputStream out) {
    this.out = out;
  }

  /**
   * @param more further header lines, each with its CR LF, or empty text
   */
  static byte[] answer(String status, String type, String more, byte[] body) {
    return Bytes.join(
        Bytes.of(
            "HTTP/1.1 "
                + status
                + LINE_END
                + "Content-Type: "
                + type
                + LINE_END
                + more
                + "Content-Length: "
                + body.length
                + LINE_END
                + LINE_END),
        body);
  }

  static byte[] json(String status, String more, byte[] body) {
    return answer(status, "application/json", more, body);
  }

  /** An answer without a body. */
  static byte[] empty(String status, String more) {
    return Bytes.of(
        "HTTP/1.1 " + status + LINE_END + more + "Content-Length: 0" + LINE_END + LINE_END);
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void writeHalf(byte[] bytes) throws IOException {
    write(Arrays.copyOf(bytes, bytes.length / 2));
  }

  void beginEvents(String more) throws IOException {
    write(
        Bytes.of(
            "HTTP/1.1 200 OK"
                + LINE_END
                + "Content-Type: text/event-stream"
                + LINE_END
                + "Cache-Control: no-cache"
                + LINE_END
                + more
                + "Transfer-Encoding: chunked"
                + LINE_END
                + LINE_END));
  }

  synchronized void event(byte[] message) throws IOException {
    byte[] event = Bytes.join(Bytes.of("event: message\ndata: "), message, Bytes.of("\n\n"));
    write(
        Bytes.join(
            Bytes.of(Integer.toHexString(event.length) + LINE_END), event, Bytes.of(LINE_END)));
  }

  synchronized void endEvents() throws IOException {
    write(Bytes.of("0" + LINE_END + LINE_END));
  }
}
