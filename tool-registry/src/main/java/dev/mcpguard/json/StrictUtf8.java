package dev.mcpguard.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 (RFC 3629) and refuses what is not: overlong forms, surrogates, UTF-16, a BOM. */
final class StrictUtf8 {
  private StrictUtf8() {}

  static String decode(byte[] bytes, int offset, int length) throws MalformedJsonException {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    // the fast decoder replaces what is malformed by U+FFFD, so only text with one needs a look
    if (text.indexOf('\uFFFD') >= 0) {
      refuseMalformed(bytes, offset, length);
    }
    if (!text.isEmpty() && text.charAt(0) == '\uFEFF') {
      throw new MalformedJsonException("starts with a byte order mark", 1, 1);
    }
    return text;
  }

  private static void refuseMalformed(byte[] bytes, int offset, int length)
      throws MalformedJsonException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer decoded = CharBuffer.allocate(length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, offset, length), decoded, true);
    if (result.isError()) {
      throw Place.at(decoded.flip().toString(), Integer.MAX_VALUE).refuse("not UTF-8");
    }
  }
}
