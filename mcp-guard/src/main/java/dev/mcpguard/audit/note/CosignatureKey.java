package dev.mcpguard.audit.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The public key of a witness (C2SP tlog-cosignature, type 0x04 Ed25519), spelled {@code name+hex
 * id+base64(0x04 ‖ key)}.
 *
 * @param name of the witness
 * @param raw the 32 bytes of the key
 */
public record CosignatureKey(String name, byte[] raw) {
  static final byte COSIGNATURE = 4;
  private static final int LINE = 4 + 8 + 64;

  public CosignatureKey {
    // the rules of names and lengths are the same
    raw = new NoteKey(name, raw).raw().clone();
  }

  /** Reads the spelling; throws {@link IllegalArgumentException} for anything else. */
  public static CosignatureKey ofText(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a witness key is name+id+key");
    }
    byte[] key = Base64.getDecoder().decode(parts[2]);
    if (key.length != 33 || key[0] != COSIGNATURE) {
      throw new IllegalArgumentException(
          "only Ed25519 cosignature keys are understood: base64 that begins with `B`");
    }
    CosignatureKey parsed = new CosignatureKey(parts[0], Arrays.copyOfRange(key, 1, 33));
    if (!HexFormat.of().formatHex(parsed.id()).equals(parts[1])) {
      throw new IllegalArgumentException("the id of the witness key does not match the key");
    }
    return parsed;
  }

  public String text() {
    return name + "+" + HexFormat.of().formatHex(id()) + "+"
        + Base64.getEncoder().encodeToString(typed());
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
    typed[0] = COSIGNATURE;
    System.arraycopy(raw, 0, typed, 1, 32);
    return typed;
  }

  /**
   * The valid cosignature of this witness among the signature lines, or null.
   *
   * @param text the body of the checkpoint, ending in a newline
   * @param lines signature lines; those of others are passed over
   */
  public @Nullable String lineOf(String text, String lines) {
    for (String line : lines.split("\n")) {
      String[] parts = line.split(" ");
      if (parts.length == 3
          && parts[0].equals("\u2014")
          && parts[1].equals(name)
          && valid(text, parts[2])) {
        return line;
      }
    }
    return null;
  }

  /** The body of a whole note that carries this witness's cosignature, else null. */
  public @Nullable String open(String note) {
    int blank = note.lastIndexOf("\n\n");
    String text = blank < 0 ? "" : note.substring(0, blank + 1);
    return blank >= 0 && lineOf(text, note.substring(blank + 2)) != null ? text : null;
  }

  private boolean valid(String text, String encoded) {
    try {
      byte[] line = Base64.getDecoder().decode(encoded);
      if (line.length != LINE || !Arrays.equals(Arrays.copyOf(line, 4), id())) {
        return false;
      }
      long time = ByteBuffer.wrap(line, 4, 8).getLong();
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(new NoteKey(name, raw).key());
      signature.update(message(text, time));
      return time >= 0 && signature.verify(line, 12, 64);
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }

  static byte[] message(String text, long time) {
    return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
