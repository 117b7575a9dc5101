package dev.mcpguard.admin;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.Principal;
import java.io.IOException;

/** What one of the guard's own tools does. Thread-safe; the call has walked the gate already. */
@FunctionalInterface
public interface Verb {

  /** Does it. A manifest that does not load or a file that cannot be used is told to the caller. */
  VerbAnswer run(Request request) throws ConfigException, IOException, AuditUnavailableException;

  /**
   * A cleared call.
   *
   * @param arguments as decided; they fit the tool's input schema
   * @param caller the verified caller, who answers for it
   * @param decisionId the decision that permitted it
   */
  record Request(JsonObject arguments, Principal caller, String decisionId) {}
}
