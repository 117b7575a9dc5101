package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** Values as templates and {@code print} show them. */
final class Texts {
  private Texts() {}

  static String shown(Value value) {
    return value instanceof StringValue text ? text.text() : value.toString();
  }
}
