package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import java.util.List;

/**
 * What is permitted, whose obligations are discharged and whose admission record is durable. Nothing
 * else of a client's reaches a server.
 *
 * <p>INVARIANT: built in package {@code gate} only; {@code ArchitectureTest} holds it.
 */
public sealed interface ClearedRequest permits ClearedCall, ClearedPrimitive {

  /** The request's circumstances. */
  RequestFacts facts();

  /** The verified caller. */
  Principal principal();

  /** {@code _meta} to forward. */
  JsonObject meta();

  /** The decision. */
  Decision.Permit permit();

  /** What is owed for the permit; for a task, for the permit of its call too. */
  default List<Obligation> obligations() {
    return permit().obligations();
  }

  /** What the registry wants blanked in the answer. */
  List<JsonPointer> redact();
}
