package dev.mcpguard.rego.builtins;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Texts as bytes and back, with Go's rules for base64. */
final class Bytes {
  private Bytes() {}

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of the bytes; OPA's strings may hold any bytes, ours only text. */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw BuiltinError.of("the decoded bytes are no utf-8 text");
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] base64(String text) {
    return decode(Base64.getDecoder(), text);
  }

  /** Padding may be left out. */
  static byte[] base64Url(String text) {
    if (text.endsWith("=")) {
      return decode(Base64.getUrlDecoder(), text);
    }
    int over = text.length() % 4;
    if (over == 1) {
      throw BuiltinError.of("illegal base64url string: " + text);
    }
    return decode(Base64.getUrlDecoder(), text + "=".repeat((4 - over) % 4));
  }

  private static byte[] decode(Base64.Decoder decoder, String text) {
    String bare = text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : text.replace("\n", "").replace("\r", "");
    int padding = bare.indexOf('=');
    if (bare.length() % 4 != 0 || padding >= 0 && padding < bare.length() - 2) {
      throw illegal();
    }
    try {
      return decoder.decode(bare);
    } catch (IllegalArgumentException e) {
      throw illegal();
    }
  }

  private static BuiltinError illegal() {
    return BuiltinError.of("illegal base64 data");
  }

  static String encodeUrl(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
