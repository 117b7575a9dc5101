package dev.mcpguard.model;


/** PIP for the declared intent of a call. Pure and thread-safe. */
@FunctionalInterface
public interface IntentReader {

  /**
   * Reads every carrier of the call, intersects them, and checks that the intent covers the tool.
   *
   * @param call the identified call
   * @param tool the tool it names
   */
  IntentReading read(IdentifiedCall call, ServedTool tool);
}
