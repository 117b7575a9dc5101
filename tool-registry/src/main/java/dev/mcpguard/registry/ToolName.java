package dev.mcpguard.registry;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A tool's name on its server: 1 to 128 of {@code A-Za-z0-9_.-}, compared exactly. Immutable. */
public record ToolName(String text) implements Comparable<ToolName> {
  /** What is allowed, for messages. */
  static final String RULE = "use 1 to 128 of A-Z, a-z, 0-9, `_`, `.` and `-`";

  private static final Pattern SPELLING = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  public ToolName {
    if (!SPELLING.matcher(text).matches()) {
      throw new IllegalArgumentException("not a tool name; " + RULE);
    }
  }

  public static @Nullable ToolName ofText(String text) {
    return SPELLING.matcher(text).matches() ? new ToolName(text) : null;
  }

  @Override
  public int compareTo(ToolName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
