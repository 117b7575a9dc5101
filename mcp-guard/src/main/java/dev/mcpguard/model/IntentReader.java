package dev.mcpguard.model;

import dev.mcpguard.registry.RegisteredPrimitive;

/** PIP for the declared intent of a call. Pure and thread-safe. */
public interface IntentReader {

  /**
   * Reads every carrier of the call, intersects them, and checks that the intent covers the tool.
   *
   * @param call the identified call
   * @param tool the tool it names
   */
  IntentReading read(IdentifiedCall call, ServedTool tool);

  /**
   * The same for a request for another primitive, whose carriers are the token and {@code _meta};
   * the arguments read are its parameters without {@code _meta}.
   */
  IntentReading read(IdentifiedPrimitive call, RegisteredPrimitive primitive);
}
