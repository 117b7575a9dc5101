package dev.mcpguard.audit.proof;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code add-checkpoint} (C2SP tlog-witness).
 *
 * @param oldSize of the checkpoint the witness knows
 * @param proof from the old size to the new
 * @param note the signed checkpoint
 */
record AddCheckpoint(long oldSize, List<byte[]> proof, String note) {
  static final int MOST_LINES = 63;
  private static final int HASH = 32;
  private static final String SIZE = "0|[1-9][0-9]{0,17}";

  AddCheckpoint {
    proof = List.copyOf(proof);
  }

  String text() {
    StringBuilder text = new StringBuilder("old ").append(oldSize).append('\n');
    for (byte[] hash : proof) {
      text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
    }
    return text.append('\n').append(note).toString();
  }

  /** Null when it is malformed. */
  static @Nullable AddCheckpoint ofText(String text) {
    int blank = text.indexOf("\n\n");
    if (blank < 0 || !text.startsWith("old ")) {
      return null;
    }
    String[] lines = text.substring(0, blank).split("\n", -1);
    String size = lines[0].substring(4);
    if (!size.matches(SIZE) || lines.length - 1 > MOST_LINES) {
      return null;
    }
    List<byte[]> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      byte[] hash = hash(lines[i]);
      if (hash == null) {
        return null;
      }
      proof.add(hash);
    }
    return new AddCheckpoint(Long.parseLong(size), proof, text.substring(blank + 2));
  }

  private static byte @Nullable [] hash(String line) {
    try {
      byte[] hash = Base64.getDecoder().decode(line);
      return hash.length == HASH ? hash : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
