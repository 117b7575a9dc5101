package dev.mcpguard.audit.note;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public key that verifies a signed note (C2SP signed-note, type 0x01 Ed25519), spelled
 * {@code name+hex id+base64(0x01 ‖ key)}.
 *
 * @param name of the signer, which is also the log's origin
 * @param raw the 32 bytes of the key
 */
public record NoteKey(String name, byte[] raw) {
  static final byte ED25519 = 1;
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  public NoteKey {
    if (name.isEmpty() || !name.matches("[!-*,-~]+")) {
      throw new IllegalArgumentException(
          "a key name has no white space and no plus sign, `" + name + "` has");
    }
    if (raw.length != 32) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
    }
  }

  /** Reads the spelling; throws {@link IllegalArgumentException} for anything else. */
  public static NoteKey ofText(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a verifier key is name+id+key");
    }
    byte[] key = Base64.getDecoder().decode(parts[2]);
    if (key.length != 33 || key[0] != ED25519) {
      throw new IllegalArgumentException("only Ed25519 verifier keys are understood");
    }
    NoteKey parsed = new NoteKey(parts[0], Arrays.copyOfRange(key, 1, 33));
    if (!HexFormat.of().formatHex(parsed.id()).equals(parts[1])) {
      throw new IllegalArgumentException("the id of the verifier key does not match the key");
    }
    return parsed;
  }

  public String text() {
    byte[] typed = typed();
    return name + "+" + HexFormat.of().formatHex(id()) + "+"
        + Base64.getEncoder().encodeToString(typed);
  }

  /** The first four bytes of SHA-256(name ‖ LF ‖ type ‖ key). */
  byte[] id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return Arrays.copyOf(digest.digest(typed()), 4);
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private byte[] typed() {
    byte[] typed = new byte[33];
    typed[0] = ED25519;
    System.arraycopy(raw, 0, typed, 1, 32);
    return typed;
  }

  PublicKey key() throws GeneralSecurityException {
    byte[] encoded = Arrays.copyOf(X509, X509.length + 32);
    System.arraycopy(raw, 0, encoded, X509.length, 32);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
