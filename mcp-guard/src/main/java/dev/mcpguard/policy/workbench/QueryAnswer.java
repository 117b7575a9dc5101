package dev.mcpguard.policy.workbench;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.util.List;

/** What a query gave. */
public sealed interface QueryAnswer {

  /** The query is one expression, and this is its value. */
  record Value(JsonValue value) implements QueryAnswer {}

  /** The values of the query's variables, one object for each way to satisfy it. */
  record Rows(List<JsonObject> rows) implements QueryAnswer {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** Nothing satisfies the query. */
  record Undefined() implements QueryAnswer {}

  /** The evaluation ended early: a conflict, a strict error, the budget. */
  record Failed(String problem) implements QueryAnswer {}

  /** The query cannot be compiled; source lines and carets included. */
  record Refused(String problems) implements QueryAnswer {}
}
