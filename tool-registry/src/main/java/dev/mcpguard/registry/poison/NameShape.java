package dev.mcpguard.registry.poison;

import java.text.Normalizer;

/**
 * The forms of a name in which it is compared; computed once for a name that meets many.
 *
 * @param folded without case, width, accents and separators
 * @param look what it looks like, see {@link Skeleton}
 * @param spaced lower case, separators as spaces
 */
record NameShape(String raw, String folded, String look, String spaced) {

  static NameShape of(String name) {
    boolean ascii = Skeleton.ascii(name);
    String plain = ascii ? name : Normalizer.normalize(name, Normalizer.Form.NFKD);
    StringBuilder folded = new StringBuilder(plain.length());
    StringBuilder spaced = new StringBuilder(plain.length());
    for (int at = 0; at < plain.length(); ) {
      int code = plain.codePointAt(at);
      if (Character.isLetterOrDigit(code)) {
        int lower = Character.toLowerCase(code);
        folded.appendCodePoint(lower);
        spaced.appendCodePoint(lower);
      } else {
        spaced.append(' ');
      }
      at += Character.charCount(code);
    }
    String skeleton = ascii ? Skeleton.fold(folded) : Skeleton.of(name);
    return new NameShape(name, folded.toString(), skeleton, spaced.toString().strip());
  }
}
