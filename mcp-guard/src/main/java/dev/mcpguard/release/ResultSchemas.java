package dev.mcpguard.release;

import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ServedTool;

/** Whether structured results fit the output schema of an approved definition. Thread-safe. */
@FunctionalInterface
public interface ResultSchemas {
  /** Results are not compared. */
  ResultSchemas UNCHECKED = (tool, structured) -> true;

  /** Whether it fits; a schema that cannot be applied fits nothing. Asked only where there is one. */
  boolean accept(ServedTool tool, JsonValue structured);
}
