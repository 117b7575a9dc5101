package dev.mcpguard.rego.builtins;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of PEM text (RFC 7468).
 *
 * @param end the index after the block in the text it was found in
 */
record Pem(String type, byte[] bytes, int end) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  // Each that is malformed may take a look at the whole text.
  private static final int MAX_MALFORMED = 100;

  /** How many malformed blocks of one text are still passed over. */
  private static final class Patience {
    private int left = MAX_MALFORMED;
  }

  /** The first block at or after an index, or null. */
  static @Nullable Pem find(String text, int from) {
    return find(text, from, new Patience());
  }

  private static @Nullable Pem find(String text, int from, Patience patience) {
    int begin = text.indexOf(BEGIN, from);
    for (; begin >= 0 && patience.left > 0; begin = text.indexOf(BEGIN, begin + 1)) {
      int typeEnd = text.indexOf(DASHES, begin + BEGIN.length());
      boolean lineStart = begin == 0 || text.charAt(begin - 1) == '\n';
      if (typeEnd < 0 || !lineStart) {
        continue;
      }
      String type = text.substring(begin + BEGIN.length(), typeEnd);
      int bodyStart = typeEnd + DASHES.length();
      int bodyEnd = text.indexOf(END + type + DASHES, bodyStart);
      if (bodyEnd < 0) {
        return null;
      }
      byte[] bytes = body(text.substring(bodyStart, bodyEnd));
      int end = bodyEnd + END.length() + type.length() + DASHES.length();
      if (bytes != null) {
        return new Pem(type, bytes, lineEnd(text, end));
      }
      patience.left--;
    }
    return null;
  }

  private static int lineEnd(String text, int end) {
    int after = end;
    while (after < text.length() && " \t\r".indexOf(text.charAt(after)) >= 0) {
      after++;
    }
    return after < text.length() && text.charAt(after) == '\n' ? after + 1 : after;
  }

  private static byte @Nullable [] body(String body) {
    // Headers such as Proc-Type end with an empty line.
    int headers = body.indexOf(':') >= 0 ? body.indexOf("\n\n") : -1;
    String base64 = headers >= 0 ? body.substring(headers) : body;
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static List<Pem> findAll(String text) {
    List<Pem> blocks = new ArrayList<>();
    Patience patience = new Patience();
    Pem block = find(text, 0, patience);
    while (block != null) {
      blocks.add(block);
      block = find(text, block.end, patience);
    }
    return blocks;
  }
}
