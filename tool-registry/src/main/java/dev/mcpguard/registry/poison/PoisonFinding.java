package dev.mcpguard.registry.poison;

import java.util.Objects;

/**
 * One finding. Immutable and thread-safe.
 *
 * @param place a JSON pointer (RFC 6901) into the tool object
 * @param words what was found; holds no more of the text than a short escaped excerpt
 */
public record PoisonFinding(PoisonCode code, String place, Severity severity, String words) {

  /** What a finding asks for, in rising order. */
  public enum Severity {
    /** Worth showing to whoever approves. */
    INFO,
    /** Needs a look before approval. */
    WARN,
    /** The tool is not to be served. */
    BLOCK
  }

  public PoisonFinding {
    Objects.requireNonNull(code);
    Objects.requireNonNull(place);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(words);
  }
}
