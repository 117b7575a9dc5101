package dev.mcpguard.model;

import org.jspecify.annotations.Nullable;

/** The registered tool servers. Thread-safe. */
@FunctionalInterface
public interface ToolServers {

  /** The server of this id, or null if none is registered. */
  @Nullable ToolServer find(String server);
}
