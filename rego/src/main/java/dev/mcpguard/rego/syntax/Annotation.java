package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A {@code # METADATA} block. {@code rule} is the rule it stands above, or null above the package;
 * {@code content} is the YAML with its scope filled in.
 */
public record Annotation(String scope, Value content, @Nullable Rule rule, Location location) {}
