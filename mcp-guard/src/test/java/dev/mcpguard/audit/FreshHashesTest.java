package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What the writer remembers for the checkpoints. */
final class FreshHashesTest {
  private final FreshHashes hashes = new FreshHashes();

  @Test
  void eachIsGivenOnceInOrder() {
    put(40, 50);
    assertNull(hashes.take(39));
    assertArrayEquals(hash(42), hashes.take(42));
    assertNull(hashes.take(41), "what lies before is forgotten");
    assertNull(hashes.take(42));
    assertArrayEquals(hash(49), hashes.take(49));
    assertNull(hashes.take(50));
  }

  @Test
  void whatIsNotTakenIsForgottenAndNothingWrongIsGiven() {
    put(0, 100_000);
    int known = 0;
    for (long sequence = 0; sequence < 100_000; sequence++) {
      byte[] found = hashes.take(sequence);
      if (found != null) {
        assertArrayEquals(hash(sequence), found);
        known++;
      }
    }
    assertEquals(32_768, known);
    put(100_000, 140_000);
    assertNotNull(hashes.take(100_000));
    put(140_000, 140_001);
    assertNull(hashes.take(140_000), "a gap is never bridged");
  }

  private void put(long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      hashes.put(sequence, hash(sequence));
    }
  }

  private static byte[] hash(long sequence) {
    return ByteBuffer.allocate(32).putLong(sequence).array();
  }
}
