package dev.mcpguard.rego.value;

import org.jspecify.annotations.Nullable;

/** A text is no JSON, or beyond the limits of the reader. */
public final class JsonFormatException extends RuntimeException {
  public JsonFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
