package dev.mcpguard.downstream.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text as a header value: plain where that is safe, else the base64 sentinel of MCP 2026-07-28. No
 * argument can smuggle a line break into a header (threat C17).
 */
public final class HeaderValue {
  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private HeaderValue() {}

  /** The value to send for {@code text}. */
  public static String encode(String text) {
    if (plain(text)) {
      return text;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return OPEN + Base64.getEncoder().encodeToString(utf8) + CLOSE;
  }

  private static boolean plain(String text) {
    boolean blankEdge = text.startsWith(" ") || text.endsWith(" ");
    return !blankEdge
        && !text.startsWith(OPEN)
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** Whether {@code text} is a token of RFC 9110, as header names are. */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(HeaderValue::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return c < 0x7f && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  /** Whether {@code text} may stand in a header as it is: visible ASCII and inner blanks. */
  public static boolean sendable(String text) {
    return !text.isEmpty() && plain(text);
  }
}
