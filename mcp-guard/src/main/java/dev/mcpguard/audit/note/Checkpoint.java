package dev.mcpguard.audit.note;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The body of a C2SP tlog-checkpoint: what a log promised to contain.
 *
 * @param origin names the log
 * @param size its records
 * @param root of its Merkle tree
 */
public record Checkpoint(String origin, long size, byte[] root) {
  public String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
  }

  /**
   * Reads a note's text, or a whole note without looking at its signatures; null when malformed.
   */
  public static @Nullable Checkpoint ofText(String text) {
    String[] lines = text.split("\n", 4);
    if (lines.length < 3 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      return null;
    }
    try {
      byte[] root = Base64.getDecoder().decode(lines[2].strip());
      return root.length == 32 ? new Checkpoint(lines[0], Long.parseLong(lines[1]), root) : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  public boolean sameAs(Checkpoint other) {
    return origin.equals(other.origin) && size == other.size && Arrays.equals(root, other.root);
  }
}
