package dev.mcpguard.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest (FIPS 180-4), spelled {@code sha256:} and 64 lower-case hexadecimal digits.
 * Immutable and thread-safe. The constructor throws {@link IllegalArgumentException} for any other
 * spelling; {@link #ofText} answers null instead.
 */
public record Digest(String text) {
  private static final Pattern SPELLING = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!SPELLING.matcher(text).matches()) {
      throw new IllegalArgumentException("not a digest: " + Excerpt.of(text));
    }
  }

  public static Digest of(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Digest("sha256:" + HexFormat.of().formatHex(hash));
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
    return SPELLING.matcher(text).matches() ? new Digest(text) : null;
  }

  @Override
  public String toString() {
    return text;
  }
}
