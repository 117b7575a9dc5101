package dev.mcpguard.release;

import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedRequest;
import dev.mcpguard.model.ServedTool;

/**
 * A tool with an output schema owes a structured result that fits it, unless it failed or still asks
 * for input (MCP 2025-06-18 and later).
 */
final class StructuredResult {
  private StructuredResult() {}

  static boolean fits(ClearedRequest request, JsonObject result, ResultSchemas schemas) {
    if (!(request instanceof ClearedCall call) || schemas == ResultSchemas.UNCHECKED) {
      return true;
    }
    ServedTool tool = call.classified().tool();
    boolean failed = result.get("isError") == JsonBoolean.TRUE;
    String type = result.string("resultType");
    boolean ended = type == null || type.equals("complete");
    if (!tool.definition().has("outputSchema") || failed || !ended) {
      return true;
    }
    JsonValue structured = result.get("structuredContent");
    return structured != null && schemas.accept(tool, structured);
  }
}
