package dev.mcpguard.admin;

import dev.mcpguard.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How a verb ended. */
public sealed interface VerbAnswer {

  /**
   * It was done.
   *
   * @param content the answer for programs
   * @param text the answer for people where it is another one, or null
   */
  record Done(JsonObject content, @Nullable String text) implements VerbAnswer {
    public Done(JsonObject content) {
      this(content, null);
    }
  }

  /** It was not done, and nothing was changed; {@code words} say why and what to do next. */
  record Declined(String words) implements VerbAnswer {}
}
