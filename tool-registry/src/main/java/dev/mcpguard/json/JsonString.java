package dev.mcpguard.json;

import java.util.Objects;

/** A JSON string, decoded. Immutable and thread-safe. */
public record JsonString(String value) implements JsonValue {
  public JsonString {
    Objects.requireNonNull(value);
  }
}
