package dev.mcpguard.registry.poison;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a name looks like: compatibility forms, accents, case, separators and look-alike letters
 * folded (after UTS 39, with our own short table). Two names with one skeleton look alike.
 */
final class Skeleton {
  private static final Map<Integer, String> LOOK_ALIKES = load();

  private Skeleton() {}

  static String of(String name) {
    StringBuilder out = new StringBuilder();
    letters(name).codePoints().filter(Character::isLetterOrDigit).forEach(out::appendCodePoint);
    return fold(out);
  }

  /** Folds shapes that Latin letters and digits share: rn and m, vv and w, i, l and 1, o and 0. */
  static String fold(CharSequence letters) {
    StringBuilder out = new StringBuilder(letters.length());
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      char next = i + 1 < letters.length() ? letters.charAt(i + 1) : 0;
      if ((c == 'r' && next == 'n') || (c == 'v' && next == 'v')) {
        out.append(c == 'r' ? 'm' : 'w');
        i++;
      } else {
        out.append(shape(c));
      }
    }
    return out.toString();
  }

  private static char shape(char c) {
    return switch (c) {
      case '0' -> 'o';
      case '1', 'i' -> 'l';
      case '5' -> 's';
      default -> c;
    };
  }

  static boolean ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Look-alike letters made Latin, compatibility forms and accents folded, lower case. */
  static String letters(String text) {
    if (ascii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder out = new StringBuilder(decomposed.length());
    decomposed.codePoints().forEach(code -> {
      String like = LOOK_ALIKES.get(code);
      if (like != null) {
        out.append(like);
      } else if (Character.getType(code) != Character.NON_SPACING_MARK
          && Character.getType(code) != Character.FORMAT) {
        out.appendCodePoint(code);
      }
    });
    return out.toString().toLowerCase(Locale.ROOT);
  }

  /** The Latin letters this one looks like, or null. */
  static @Nullable String lookAlike(int code) {
    return LOOK_ALIKES.get(code);
  }

  private static Map<Integer, String> load() {
    Map<Integer, String> table = new HashMap<>();
    try (InputStream in = Skeleton.class.getResourceAsStream("confusables.txt")) {
      if (in == null) {
        throw new IllegalStateException("`confusables.txt` is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] columns = line.strip().split("\\s+", 3);
          table.put(Integer.parseInt(columns[0], 16), columns[1]);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return Map.copyOf(table);
  }
}
