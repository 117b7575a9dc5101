package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import java.util.List;

/** Outcome of the release step. */
public sealed interface Release {

  /**
   * What may leave.
   *
   * @param result the result or, if {@code error}, the error object
   * @param error whether it is a JSON-RPC error of the server
   * @param redacted the JSON pointers that were redacted
   */
  record Released(JsonObject result, boolean error, List<String> redacted) implements Release {
    public Released {
      redacted = List.copyOf(redacted);
    }
  }

  /** The answer must not leave; the call ran or may have. */
  record Withheld(Refusal refusal) implements Release {}
}
