package dev.mcpguard.release;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON pointer (RFC 6901) into a result whose steps may be {@code *}, every element or member.
 *
 * @param text as written
 * @param steps unescaped
 */
record RedactionPath(String text, List<String> steps) {
  static final String DATA = "structuredContent";
  private static final int MOST_STEPS = 32;

  /** The path so written, or null if it is none or covers the whole result. */
  static @Nullable RedactionPath ofText(String text) {
    if (!text.startsWith("/") || text.length() > 1024 || text.matches(".*~([^01].*|)")) {
      return null;
    }
    List<String> steps =
        Arrays.stream(text.substring(1).split("/", -1))
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList();
    return steps.size() > MOST_STEPS ? null : new RedactionPath(text, steps);
  }

  /** Whether it points into structured content, which text blocks usually repeat. */
  boolean intoData() {
    return steps.getFirst().equals(DATA);
  }

  /** The steps below structured content. */
  List<String> dataSteps() {
    return steps.subList(1, steps.size());
  }
}
