package dev.mcpguard.audit.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962 section 2.1 and of the record chain, all SHA-256. Not thread-safe. */
public final class TreeHash {
  /** Bytes of one hash. */
  public static final int LENGTH = 32;

  private final MessageDigest digest = sha256();

  /** SHA-256(0x00 ‖ leaf). */
  public byte[] leaf(byte[] leaf) {
    return leaf(leaf, 0, leaf.length);
  }

  /** As {@link #leaf(byte[])} for a part of an array. */
  public byte[] leaf(byte[] bytes, int offset, int length) {
    digest.update((byte) 0);
    digest.update(bytes, offset, length);
    return digest.digest();
  }

  /** SHA-256(0x01 ‖ left ‖ right). */
  public byte[] node(byte[] left, byte[] right) {
    digest.update((byte) 1);
    digest.update(left);
    digest.update(right);
    return digest.digest();
  }

  /** The next link of the chain: SHA-256(0x02 ‖ link before ‖ leaf hash). */
  public byte[] link(byte[] before, byte[] leafHash) {
    digest.update((byte) 2);
    digest.update(before);
    digest.update(leafHash);
    return digest.digest();
  }

  /** The root of the empty tree: SHA-256 of nothing. */
  public byte[] empty() {
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
