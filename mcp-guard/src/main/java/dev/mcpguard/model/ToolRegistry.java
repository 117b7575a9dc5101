package dev.mcpguard.model;

import dev.mcpguard.json.Digest;
import java.util.List;

/** PIP for tools: which exist, of which class, with which approved definition. Thread-safe. */
public interface ToolRegistry {

  /** The tool a call names, compared with its live definition. */
  ToolLookup find(String server, String tool);

  /** Every tool of the server that is served now, in stable order. */
  List<ServedTool> served(String server);

  /** The servers registered now, in stable order. */
  List<String> servers();

  /** Digest of the registry snapshot in force; its content is kept as evidence. */
  Digest revision();
}
