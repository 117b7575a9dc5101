package dev.mcpguard.registry;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The guard's own name of a tool server: 1 to 32 lower-case letters, digits and inner hyphens. It
 * never holds an underscore, which is what makes exposed names injective. Immutable.
 */
public record ServerId(String text) implements Comparable<ServerId> {
  /** What is allowed, for messages. */
  static final String RULE = "use 1 to 32 of a-z, 0-9 and `-`, no `-` at either end";

  private static final Pattern SPELLING = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

  public ServerId {
    if (!SPELLING.matcher(text).matches()) {
      throw new IllegalArgumentException("not a server id; " + RULE);
    }
  }

  public static @Nullable ServerId ofText(String text) {
    return SPELLING.matcher(text).matches() ? new ServerId(text) : null;
  }

  @Override
  public int compareTo(ServerId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
