package dev.mcpguard.audit.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What one sealing needs, kept for the next one: finding a cipher costs more than encrypting a
 * kilobyte with it. Borrowed from a {@link Shelf}; one thread at a time.
 */
final class SealingTools {
  private static final int TAG_BITS = 128;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final int KEY_BYTES = 32;

  /** Drawn in one go: asking the generator costs more than the bytes. Each is given out once. */
  private final byte[] drawn = new byte[32 * KEY_BYTES];

  private int given = drawn.length;
  private final MessageDigest digest;
  private final Cipher keys;
  private final Cipher texts;

  private SealingTools() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
      this.keys = Cipher.getInstance("AES/GCM/NoPadding");
      this.texts = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Tools at rest. Not by thread: each request has a virtual thread of its own. Thread-safe. */
  static final class Shelf {
    private static final int PLACES = 16;

    private final AtomicReferenceArray<@Nullable SealingTools> places =
        new AtomicReferenceArray<>(PLACES);

    SealingTools take() {
      int start = (int) Thread.currentThread().threadId() & (PLACES - 1);
      for (int i = 0; i < PLACES; i++) {
        int place = (start + i) & (PLACES - 1);
        SealingTools found = places.get(place) == null ? null : places.getAndSet(place, null);
        if (found != null) {
          return found;
        }
      }
      return new SealingTools();
    }

    /** For tools whose work succeeded; after a failure they are left to the collector. */
    void putBack(SealingTools tools) {
      int start = (int) Thread.currentThread().threadId() & (PLACES - 1);
      for (int i = 0; i < PLACES; i++) {
        if (places.compareAndSet((start + i) & (PLACES - 1), null, tools)) {
          return;
        }
      }
    }
  }

  /** A fresh data key; nothing of it stays here. */
  byte[] freshKey(SecureRandom random) {
    if (given == drawn.length) {
      random.nextBytes(drawn);
      given = 0;
    }
    byte[] key = Arrays.copyOfRange(drawn, given, given + KEY_BYTES);
    Arrays.fill(drawn, given, given + KEY_BYTES, (byte) 0);
    given += KEY_BYTES;
    return key;
  }

  byte[] hash(byte[] bytes) {
    return digest.digest(bytes);
  }

  /** Wraps or unwraps a data key. */
  byte[] key(int mode, SecretKeySpec key, byte[] nonce, byte[] bound, byte[] text)
      throws GeneralSecurityException {
    keys.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    keys.updateAAD(bound);
    return keys.doFinal(text);
  }

  /** Encrypts {@code text} into {@code target} from {@code at} on. */
  void encrypt(SecretKeySpec key, byte[] nonce, byte[] bound, byte[] text, byte[] target, int at)
      throws GeneralSecurityException {
    texts.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    texts.updateAAD(bound);
    texts.doFinal(text, 0, text.length, target, at);
  }

  byte[] decrypt(SecretKeySpec key, byte[] nonce, byte[] bound, byte[] text)
      throws GeneralSecurityException {
    texts.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    texts.updateAAD(bound);
    return texts.doFinal(text);
  }

  /** What is authenticated with key and text: the role, a line feed, the digest as spelled. */
  static byte[] bound(byte[] role, byte[] hash) {
    byte[] scheme = "\nsha256:".getBytes(StandardCharsets.US_ASCII);
    byte[] bound = new byte[role.length + scheme.length + 64];
    System.arraycopy(role, 0, bound, 0, role.length);
    System.arraycopy(scheme, 0, bound, role.length, scheme.length);
    int at = role.length + scheme.length;
    for (int i = 0; i < 32; i++) {
      bound[at++] = HEX[(hash[i] >> 4) & 15];
      bound[at++] = HEX[hash[i] & 15];
    }
    return bound;
  }
}
