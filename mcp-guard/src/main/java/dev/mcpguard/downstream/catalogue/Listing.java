package dev.mcpguard.downstream.catalogue;

import dev.mcpguard.json.JsonObject;
import java.util.List;

/** Outcome of asking a server for all its tools. */
sealed interface Listing {

  /** Every page, in order, each tool object as received. */
  record Complete(List<JsonObject> tools) implements Listing {
    public Complete {
      tools = List.copyOf(tools);
    }
  }

  /** No complete list; a part of one is worth nothing. */
  record Incomplete(String detail) implements Listing {}
}
