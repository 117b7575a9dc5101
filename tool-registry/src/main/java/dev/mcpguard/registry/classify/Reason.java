package dev.mcpguard.registry.classify;

import java.util.Objects;

/**
 * One reason of a suggestion. Immutable and thread-safe.
 *
 * @param code kebab-case and stable
 * @param words a sentence for the tool's author, the tool's own words in backticks
 */
public record Reason(String code, String words) {
  public Reason {
    Objects.requireNonNull(code);
    Objects.requireNonNull(words);
  }
}
