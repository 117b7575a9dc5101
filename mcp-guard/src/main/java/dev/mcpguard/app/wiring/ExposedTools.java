package dev.mcpguard.app.wiring;

import dev.mcpguard.gate.ListFilter;
import dev.mcpguard.intent.IntentArguments;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ServedTool;
import java.util.function.Predicate;

/**
 * How a tool is listed: by its own name at {@code /mcp/{server}}, as {@code server__tool} at {@code
 * /mcp}, with the flat intent arguments added unless a tool cannot take them. Pure.
 */
final class ExposedTools implements ListFilter {
  private final Predicate<String> flatArguments;

  /**
   * @param flatArguments whether the tools of a server are listed with the flat intent arguments
   */
  ExposedTools(Predicate<String> flatArguments) {
    this.flatArguments = flatArguments;
  }

  @Override
  public JsonObject exposed(ServedTool tool, ListRequest request, Principal principal) {
    JsonObject listed =
        flatArguments.test(tool.server())
            ? IntentArguments.inject(tool.definition(), principal.agent())
            : tool.definition();
    if (request.facts().route().server() != null) {
      return listed;
    }
    return listed.with("name", new JsonString(tool.registered().exposedName().text()));
  }
}
