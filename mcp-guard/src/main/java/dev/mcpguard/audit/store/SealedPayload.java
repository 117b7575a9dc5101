package dev.mcpguard.audit.store;

import dev.mcpguard.json.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A payload as it lies in a frame: wrapped key (64 bytes: nonce 12, AES-GCM of the data key 48,
 * CRC-32C 4), digest of the clear bytes (32), nonce (12), length of the role (1), role, AES-GCM
 * ciphertext. Overwriting the wrapped key with zeros erases the payload for good and leaves every
 * other byte, every checksum and every proof as it was. Immutable.
 */
public record SealedPayload(byte[] wrappedKey, byte[] rest) {
  /** Bytes of the wrapped key, which are overwritten on erasure. */
  public static final int KEY_LENGTH = 64;

  static final int NONCE_LENGTH = 12;
  private static final int ROLE_AT = 32 + NONCE_LENGTH;

  /** All but the ciphertext, for which {@code length} bytes are left at the end of the rest. */
  static SealedPayload of(byte[] wrapped, byte[] hash, byte[] nonce, byte[] role, int length) {
    byte[] key = Arrays.copyOf(wrapped, KEY_LENGTH);
    ByteBuffer.wrap(key).putInt(wrapped.length, checksum(wrapped));
    byte[] rest = new byte[ROLE_AT + 1 + role.length + length];
    ByteBuffer.wrap(rest).put(hash).put(nonce).put((byte) role.length).put(role);
    return new SealedPayload(key, rest);
  }

  /** Reads the body of a payload frame. */
  public static SealedPayload ofBody(byte[] body) {
    return new SealedPayload(
        Arrays.copyOf(body, KEY_LENGTH), Arrays.copyOfRange(body, KEY_LENGTH, body.length));
  }

  /** What it is of its record: {@code arguments}, {@code reply}. */
  public String role() {
    return new String(rest, ROLE_AT + 1, rest[ROLE_AT] & 0xff, StandardCharsets.UTF_8);
  }

  /** Digest of the clear bytes. */
  public Digest digest() {
    return new Digest("sha256:" + HexFormat.of().formatHex(rest, 0, 32));
  }

  /** Digest of key and text as they lie: what was sealed, without opening it. An erasure ends it. */
  public Digest sealedDigest() {
    return Digest.of(wrappedKey, rest);
  }

  /** Whether its key was overwritten. */
  public boolean erased() {
    return Arrays.equals(wrappedKey, new byte[KEY_LENGTH]);
  }

  /** Whether the wrapped key is as it was written, or was erased. */
  public boolean intact() {
    int end = KEY_LENGTH - 4;
    return erased()
        || checksum(Arrays.copyOf(wrappedKey, end)) == ByteBuffer.wrap(wrappedKey).getInt(end);
  }

  byte[] hash() {
    return Arrays.copyOf(rest, 32);
  }

  byte[] roleBytes() {
    return Arrays.copyOfRange(rest, ROLE_AT + 1, ciphertextAt());
  }

  byte[] wrapped() {
    return Arrays.copyOf(wrappedKey, KEY_LENGTH - 4);
  }

  byte[] nonce() {
    return Arrays.copyOfRange(rest, 32, ROLE_AT);
  }

  byte[] ciphertext() {
    return Arrays.copyOfRange(rest, ciphertextAt(), rest.length);
  }

  int ciphertextAt() {
    return ROLE_AT + 1 + (rest[ROLE_AT] & 0xff);
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }
}
