package dev.mcpguard.audit.store;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Nonces that never repeat under one key (NIST SP 800-38D, 8.2.1): which run of the sealer this is,
 * by a random number of 64 bits, then a count of 32 bits. Thread-safe.
 */
final class Nonces {
  private final SecureRandom random;
  private long run;
  private int count;

  Nonces(SecureRandom random) {
    this.random = random;
    this.run = random.nextLong();
  }

  byte[] next() {
    ByteBuffer nonce = ByteBuffer.allocate(SealedPayload.NONCE_LENGTH);
    synchronized (this) {
      nonce.putLong(run).putInt(count++);
      if (count == 0) {
        run = random.nextLong();
      }
    }
    return nonce.array();
  }
}
