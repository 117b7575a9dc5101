package dev.mcpguard.front.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Values of {@code Mcp-Name} and {@code Mcp-Param-*}: plain, or {@code =?base64?...?=}. */
final class HeaderValues {
  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private HeaderValues() {}

  /** The value meant, or null if the header is malformed. Decoded before anything is compared. */
  static @Nullable String decode(String header) {
    if (header.startsWith("=?") && header.endsWith(CLOSE)) {
      boolean encoded =
          header.startsWith(OPEN) && header.length() >= OPEN.length() + CLOSE.length();
      return encoded
          ? base64(header.substring(OPEN.length(), header.length() - CLOSE.length()))
          : null;
    }
    return header.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f)) ? header : null;
  }

  private static @Nullable String base64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      byte[] again = Base64.getEncoder().encode(bytes);
      if (!Arrays.equals(again, text.getBytes(StandardCharsets.ISO_8859_1))) {
        return null; // only the one canonical spelling
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      return null;
    }
  }
}
