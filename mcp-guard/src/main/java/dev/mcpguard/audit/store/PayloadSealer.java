package dev.mcpguard.audit.store;

import dev.mcpguard.json.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts payloads (AES-256-GCM, NIST SP 800-38D), each under a random key of its own that is
 * wrapped by the log's key. Thread-safe. Random 96-bit nonces under the wrapping key are safe for
 * 2^32 payloads; change the key before.
 */
public final class PayloadSealer {
  /** The longest payload kept. */
  public static final int MAX_LENGTH = 64 << 20;

  private static final int TAG_BITS = 128;

  private final SecretKeySpec wrappingKey;
  private final SecureRandom random;

  /**
   * @param key 32 bytes
   */
  public PayloadSealer(byte[] key, SecureRandom random) {
    if (key.length != 32) {
      throw new IllegalArgumentException("the payload key must have 32 bytes");
    }
    this.wrappingKey = new SecretKeySpec(key, "AES");
    this.random = random;
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
    byte[] chance = new byte[32 + 2 * SealedPayload.NONCE_LENGTH];
    random.nextBytes(chance);
    byte[] key = Arrays.copyOf(chance, 32);
    byte[] keyNonce = Arrays.copyOfRange(chance, 32, 44);
    byte[] nonce = Arrays.copyOfRange(chance, 44, 56);
    Digest digest = Digest.of(clear);
    byte[] bound = bound(role, digest);
    try {
      byte[] wrapped = Arrays.copyOf(keyNonce, 60);
      byte[] box = gcm(Cipher.ENCRYPT_MODE, wrappingKey, keyNonce, bound, key);
      System.arraycopy(box, 0, wrapped, 12, box.length);
      SecretKeySpec own = new SecretKeySpec(key, "AES");
      byte[] ciphertext = gcm(Cipher.ENCRYPT_MODE, own, nonce, bound, clear);
      return SealedPayload.of(wrapped, digest, nonce, role, ciphertext);
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Opens what {@link #seal} made. */
  public PayloadReading open(SealedPayload sealed) {
    if (sealed.erased()) {
      return new PayloadReading.Erased();
    }
    byte[] bound = bound(sealed.role(), sealed.digest());
    byte[] wrapped = sealed.wrapped();
    try {
      byte[] box = Arrays.copyOfRange(wrapped, 12, 60);
      byte[] key = gcm(Cipher.DECRYPT_MODE, wrappingKey, Arrays.copyOf(wrapped, 12), bound, box);
      SecretKeySpec own = new SecretKeySpec(key, "AES");
      byte[] clear = gcm(Cipher.DECRYPT_MODE, own, sealed.nonce(), bound, sealed.ciphertext());
      if (!Digest.of(clear).equals(sealed.digest())) {
        return new PayloadReading.Unreadable("the bytes do not match their digest");
      }
      return new PayloadReading.Present(clear);
    } catch (GeneralSecurityException wrongKeyOrDamage) {
      return new PayloadReading.Unreadable("sealed under another key, or damaged");
    }
  }

  private static byte[] gcm(int mode, SecretKeySpec key, byte[] nonce, byte[] bound, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher.doFinal(text);
  }

  private static byte[] bound(String role, Digest digest) {
    return (role + "\n" + digest.text()).getBytes(StandardCharsets.UTF_8);
  }
}
