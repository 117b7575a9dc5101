package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;

/** Outcome of the intent step. */
public sealed interface IntentReading {

  /**
   * The intent, and the call's parameters without its carriers: what is validated, digested, decided
   * and forwarded from here on.
   *
   * @param intent the ceiling
   * @param arguments the arguments without injected carriers
   * @param meta {@code _meta} without {@code dev.mcpguard/*}
   */
  record Declared(Intent intent, JsonObject arguments, JsonObject meta) implements IntentReading {}

  /** The intent is missing, unreadable, in conflict or exceeded. */
  record Undeclared(Refusal refusal) implements IntentReading {}
}
