package dev.mcpguard.model;

import dev.mcpguard.json.JsonPointer;
import java.util.List;

/**
 * A task a permitted call was answered by, and what the decision that admitted the call demands of
 * everything that comes of it. Immutable.
 *
 * @param handle the id the client knows: the guard's own, random
 * @param serverId the id at the server, which no client sees
 * @param admittedBy decision id of the call
 * @param obligations of the permit of the call
 * @param redact what the registry wanted blanked in the answer to the call
 */
public record TaskReference(
    String handle,
    String serverId,
    String admittedBy,
    List<Obligation> obligations,
    List<JsonPointer> redact) {

  public TaskReference {
    obligations = List.copyOf(obligations);
    redact = List.copyOf(redact);
  }
}
