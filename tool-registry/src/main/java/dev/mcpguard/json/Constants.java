package dev.mcpguard.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Enum constants as configuration spells them: lower case, hyphens. */
final class Constants {
  private Constants() {}

  static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> @Nullable E ofText(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (spelling(constant).equals(text)) {
        return constant;
      }
    }
    return null;
  }

  /** For instance {@code read, write or admin}. */
  static <E extends Enum<E>> String sentence(Class<E> type) {
    List<String> all = Arrays.stream(type.getEnumConstants()).map(Constants::spelling).toList();
    String last = all.getLast();
    List<String> others = all.subList(0, all.size() - 1);
    return others.isEmpty() ? last : String.join(", ", others) + " or " + last;
  }
}
