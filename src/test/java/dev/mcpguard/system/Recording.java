package dev.mcpguard.system;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a recording server got: connections, every byte of each, and the requests made of them.
 * Thread-safe.
 */
final class Recording {
  private final List<ByteArrayOutputStream> connections = new CopyOnWriteArrayList<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

  /**
   * Opens the record of one more connection; bytes count as received when they are read from the
   * result.
   */
  synchronized Connection connection(InputStream in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    connections.add(bytes);
    return new Connection(connections.size(), new Tap(in, bytes));
  }

  /** A connection's number, counted from 1, and its bytes. */
  record Connection(int number, InputStream in) {}

  void add(RecordedRequest request) {
    requests.add(request);
  }

  int connections() {
    return connections.size();
  }

  List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  byte[] received() {
    return Bytes.join(
        connections.stream().map(ByteArrayOutputStream::toByteArray).toArray(byte[][]::new));
  }

  /** Copies what is read; ByteArrayOutputStream is synchronized. */
  private static final class Tap extends FilterInputStream {
    private final ByteArrayOutputStream copy;

    Tap(InputStream in, ByteArrayOutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int each = super.read();
      if (each >= 0) {
        copy.write(each);
      }
      return each;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        copy.write(buffer, offset, count);
      }
      return count;
    }
  }
}
