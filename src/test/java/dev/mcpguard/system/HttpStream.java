package dev.mcpguard.system;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads HTTP/1.1 messages from one connection and keeps every byte of the message being read.
 * Framing by Content-Length, chunks, or the end of the connection; nothing is repaired. Not
 * thread-safe.
 */
final class HttpStream {
  /** The head of a message: its first line and its header lines. */
  record Head(String firstLine, List<Header> headers) {
    Head {
      headers = List.copyOf(headers);
    }

    Optional<String> header(String name) {
      return Header.values(headers, name).stream().findFirst();
    }

    boolean chunked() {
      return header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }
  }

  private final InputStream in;
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

  HttpStream(InputStream in) {
    this.in = new BufferedInputStream(in, 16 * 1024);
  }

  /** The bytes read since the last call. */
  byte[] takeRaw() {
    byte[] taken = raw.toByteArray();
    raw.reset();
    return taken;
  }

  /** The next head, or empty when the connection ended before its first byte. */
  Optional<Head> head() throws IOException {
    Optional<String> first = line();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<Header> headers = new ArrayList<>();
    for (String line = required(); !line.isEmpty(); line = required()) {
      headers.add(Header.ofLine(line));
    }
    return Optional.of(new Head(first.get(), headers));
  }

  byte[] counted(int length) throws IOException {
    byte[] body = in.readNBytes(length);
    raw.writeBytes(body);
    if (body.length < length) {
      throw new IOException(
          "the connection ended after " + body.length + " of " + length + " bytes");
    }
    return body;
  }

  /** The content of the next chunk; empty for the last one, whose trailer is read as well. */
  byte[] chunk() throws IOException {
    String size = required();
    int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
    if (length > 0) {
      byte[] content = counted(length);
      required();
      return content;
    }
    String trailer = required();
    while (!trailer.isEmpty()) {
      trailer = required();
    }
    return new byte[0];
  }

  byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part = chunk(); part.length > 0; part = chunk()) {
      body.writeBytes(part);
    }
    return body.toByteArray();
  }

  byte[] untilEnd() throws IOException {
    byte[] body = in.readAllBytes();
    raw.writeBytes(body);
    return body;
  }

  /** One byte, or -1 at the end of the connection. */
  int read() throws IOException {
    int each = in.read();
    if (each >= 0) {
      raw.write(each);
    }
    return each;
  }

  /** One line without its line end (CR LF, or a bare LF); empty at the end of the connection. */
  Optional<String> line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = read(); each != '\n'; each = read()) {
      if (each < 0 && line.isEmpty()) {
        return Optional.empty();
      }
      if (each < 0) {
        throw new IOException("the connection ended within the line `" + line + "`");
      }
      line.append((char) each);
    }
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return Optional.of(line.toString());
  }

  private String required() throws IOException {
    return line().orElseThrow(() -> new IOException("the connection ended within a message"));
  }
}
