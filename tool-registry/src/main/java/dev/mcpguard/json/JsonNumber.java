package dev.mcpguard.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number kept as the text it was received in, so that no digit is ever rounded: {@code 1.0},
 * {@code 1} and {@code 1e0} are three different values here. Compare {@link #decimal()} when the
 * amount is meant. Immutable and thread-safe.
 *
 * <p>The constructor throws {@link IllegalArgumentException} for text that RFC 8259 does not call a
 * number; length and exponent are bounded by {@link JsonLimits} when parsing, not here.
 */
public record JsonNumber(String text) implements JsonValue {
  public JsonNumber {
    if (!NumberGrammar.matches(text)) {
      throw new IllegalArgumentException("not a number of JSON: " + Excerpt.of(text));
    }
  }

  public static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /** The exact amount. */
  public BigDecimal decimal() {
    return new BigDecimal(text);
  }

  /** Whether it is spelled as an integer: no fraction and no exponent, so {@code 1.0} is not. */
  public boolean isInteger() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  /** The amount as a long when it {@link #isInteger()} and fits, else null. */
  public @Nullable Long longValue() {
    if (!isInteger() || text.length() > 20) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException outOfRange) {
      return null;
    }
  }
}
