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
    // rn reads as m, vv as w; 0, 1, 5 as o, l, s
    return out.toString().replace("rn", "m").replace("vv", "w").replace('0', 'o').replace('1', 'l')
        .replace('i', 'l').replace('5', 's');
  }

  /** Look-alike letters made Latin, compatibility forms and accents folded, lower case. */
  static String letters(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
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
