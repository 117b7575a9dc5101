package dev.mcpguard.audit.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts payloads (AES-256-GCM, NIST SP 800-38D), each under a random key of its own that is
 * wrapped by the log's key. Thread-safe. Nonces under the wrapping key are a random number of 64
 * bits drawn at start and every 2^32 payloads, then a count of 32 bits.
 */
public final class PayloadSealer {
  /** The longest payload kept. */
  public static final int MAX_LENGTH = 64 << 20;

  private static final int TAG_BYTES = 16;

  private final SecretKeySpec wrappingKey;
  private final SecureRandom random;
  private final Nonces nonces;
  private final SealingTools.Shelf shelf = new SealingTools.Shelf();

  /**
   * @param key 32 bytes
   */
  public PayloadSealer(byte[] key, SecureRandom random) {
    if (key.length != 32) {
      throw new IllegalArgumentException("the payload key must have 32 bytes");
    }
    this.wrappingKey = new SecretKeySpec(key, "AES");
    this.random = random;
    this.nonces = new Nonces(random);
  }

  /** Reads a key as it stands in a key file: 32 bytes in base64. */
  public static PayloadSealer ofText(String text, SecureRandom random) {
    return new PayloadSealer(Base64.getDecoder().decode(text.strip()), random);
  }

  /** Seals {@code clear}; {@code role} and the digest are authenticated with it. */
  public SealedPayload seal(String role, byte[] clear) {
    if (clear.length > MAX_LENGTH) {
      throw new IllegalArgumentException("a payload may have at most " + MAX_LENGTH + " bytes");
    }
    byte[] nonce = nonces.next();
    byte[] name = role.getBytes(StandardCharsets.UTF_8);
    SealingTools tools = shelf.take();
    byte[] key = tools.freshKey(random);
    byte[] hash = tools.hash(clear);
    byte[] bound = SealingTools.bound(name, hash);
    try {
      byte[] wrapped = Arrays.copyOf(nonce, 60);
      byte[] box = tools.key(Cipher.ENCRYPT_MODE, wrappingKey, nonce, bound, key);
      System.arraycopy(box, 0, wrapped, nonce.length, box.length);
      SealedPayload sealed =
          SealedPayload.of(wrapped, hash, nonce, name, clear.length + TAG_BYTES);
      SecretKeySpec own = new SecretKeySpec(key, "AES");
      // the key is used once, so any nonce is fresh under it
      tools.encrypt(own, nonce, bound, clear, sealed.rest(), sealed.ciphertextAt());
      shelf.putBack(tools);
      return sealed;
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Opens what {@link #seal} made. */
  public PayloadReading open(SealedPayload sealed) {
    if (sealed.erased()) {
      return new PayloadReading.Erased();
    }
    byte[] bound = SealingTools.bound(sealed.roleBytes(), sealed.hash());
    byte[] wrapped = sealed.wrapped();
    SealingTools tools = shelf.take();
    try {
      byte[] box = Arrays.copyOfRange(wrapped, 12, 60);
      byte[] keyNonce = Arrays.copyOf(wrapped, 12);
      byte[] key = tools.key(Cipher.DECRYPT_MODE, wrappingKey, keyNonce, bound, box);
      SecretKeySpec own = new SecretKeySpec(key, "AES");
      byte[] clear = tools.decrypt(own, sealed.nonce(), bound, sealed.ciphertext());
      boolean named = Arrays.equals(tools.hash(clear), sealed.hash());
      shelf.putBack(tools);
      return named
          ? new PayloadReading.Present(clear)
          : new PayloadReading.Unreadable("the bytes do not match their digest");
    } catch (GeneralSecurityException wrongKeyOrDamage) {
      return new PayloadReading.Unreadable("sealed under another key, or damaged");
    }
  }
}
