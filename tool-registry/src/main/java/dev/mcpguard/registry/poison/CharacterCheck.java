package dev.mcpguard.registry.poison;

import org.jspecify.annotations.Nullable;

/** Characters that a reader does not see but a model reads, or that change what a reader sees. */
final class CharacterCheck implements TextCheck {
  private static final int JOINER = 0x200d;

  @Override
  public void check(ScannedText text, Findings findings) {
    String value = text.value();
    int previous = 0;
    for (int at = 0; at < value.length(); ) {
      int code = value.codePointAt(at);
      PoisonCode kind = kind(code, previous);
      if (kind != null) {
        String words = "`" + ScannedText.excerpt(value, Math.max(0, at - 20)) + "` " + saying(kind);
        if (kind == PoisonCode.HIDDEN_TEXT && code == 0xfeff && at == 0 && !text.name()) {
          findings.warn(kind, text.place(), words);
        } else {
          findings.block(kind, text.place(), words);
        }
        return;
      }
      previous = code;
      at += Character.charCount(code);
    }
  }

  private static @Nullable PoisonCode kind(int code, int previous) {
    if (code >= 0xe0000 && code <= 0xe007f) {
      return PoisonCode.TAG_CHARACTERS;
    }
    if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
        || code == 0x200e || code == 0x200f || code == 0x061c) {
      return PoisonCode.BIDIRECTIONAL_TEXT;
    }
    if (control(code)) {
      return PoisonCode.CONTROL_CHARACTERS;
    }
    return hidden(code, previous) ? PoisonCode.HIDDEN_TEXT : null;
  }

  private static boolean control(int code) {
    return (code < 0x20 && code != '\n' && code != '\r' && code != '\t')
        || (code >= 0x7f && code <= 0x9f);
  }

  private static boolean hidden(int code, int previous) {
    if (code == JOINER) {
      return !joins(previous);
    }
    if (code == 0xfe0f || code == 0xfe0e) {
      return previous < 0x80 && !Character.isDigit(previous) && previous != '#' && previous != '*';
    }
    return code == 0x00ad || code == 0x034f || code == 0x115f || code == 0x1160 || code == 0x17b4
        || code == 0x17b5 || (code >= 0x180b && code <= 0x180f)
        || (code >= 0x200b && code <= 0x200c) || (code >= 0x2060 && code <= 0x2065)
        || (code >= 0x206a && code <= 0x206f) || code == 0x2800 || code == 0x3164 || code == 0xfeff
        || code == 0xffa0 || (code >= 0xfff9 && code <= 0xfffb)
        || (code >= 0xfe00 && code <= 0xfe0d)
        || (code >= 0x1d173 && code <= 0x1d17a) || (code >= 0xe0100 && code <= 0xe01ef)
        || code == 0x2028 || code == 0x2029
        || Character.getType(code) == Character.PRIVATE_USE
        || Character.getType(code) == Character.UNASSIGNED;
  }

  // emoji sequences and Indic conjuncts need joiners; Latin words do not
  private static boolean joins(int previous) {
    return previous >= 0x0900 && Character.UnicodeScript.of(previous)
        != Character.UnicodeScript.LATIN;
  }

  private static String saying(PoisonCode kind) {
    return switch (kind) {
      case TAG_CHARACTERS -> "holds tag characters, text that only a model reads";
      case BIDIRECTIONAL_TEXT -> "holds characters that turn the direction of reading";
      case CONTROL_CHARACTERS -> "holds control characters";
      default -> "holds characters that no one sees";
    };
  }
}
