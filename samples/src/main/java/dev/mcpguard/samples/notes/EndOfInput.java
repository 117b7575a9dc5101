package dev.mcpguard.samples.notes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Standard input that tells when it ended: how a stdio server learns that its client is gone. */
final class EndOfInput extends FilterInputStream {
  private final CountDownLatch ended = new CountDownLatch(1);

  EndOfInput(InputStream input) {
    super(input);
  }

  @Override
  public int read() throws IOException {
    return seen(super.read());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return seen(super.read(into, offset, length));
  }

  private int seen(int count) {
    if (count < 0) {
      ended.countDown();
    }
    return count;
  }

  void await() throws InterruptedException {
    ended.await();
  }
}
