package dev.mcpguard.gate;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ServedTool;

/** Shapes one visible tool for a list: exposed name, injected intent arguments. Pure. */
@FunctionalInterface
public interface ListFilter {

  /** The tool object to list for this caller on this route. */
  JsonObject exposed(ServedTool tool, ListRequest request, Principal principal);
}
