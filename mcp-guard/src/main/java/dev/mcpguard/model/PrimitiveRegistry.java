package dev.mcpguard.model;

import dev.mcpguard.registry.PrimitiveKind;
import dev.mcpguard.registry.RegisteredPrimitive;
import org.jspecify.annotations.Nullable;

/** PIP for resources, prompts and servers: their class and sensitivity. Thread-safe. */
@FunctionalInterface
public interface PrimitiveRegistry {

  /** What the registry says of it, or null if it is not served. */
  @Nullable RegisteredPrimitive find(String server, PrimitiveKind kind, String name);
}
