package dev.mcpguard.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest (FIPS 180-4), spelled {@code sha256:} and 64 lower-case hexadecimal digits.
 * Immutable and thread-safe. The constructor throws {@link IllegalArgumentException} for any other
 * spelling; {@link #ofText} answers null instead.
 */
public record Digest(String text) {
  private static final String ALGORITHM = "sha256:";
  private static final int LENGTH = 71;

  public Digest {
    if (!spelled(text)) {
      throw new IllegalArgumentException("not a digest: " + Excerpt.of(text));
    }
  }

  /** The digest of the parts one after the other. */
  public static Digest of(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      byte[] hash = digest.digest();
      return new Digest(ALGORITHM + HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** The digest of the value's {@link CanonicalJson}: the same under any member order. */
  public static Digest of(JsonValue value) {
    return of(CanonicalJson.bytes(value));
  }

  /** The digest so spelled, or null. */
  public static @Nullable Digest ofText(String text) {
    return spelled(text) ? new Digest(text) : null;
  }

  private static boolean spelled(String text) {
    if (text.length() != LENGTH || !text.startsWith(ALGORITHM)) {
      return false;
    }
    for (int i = ALGORITHM.length(); i < LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
