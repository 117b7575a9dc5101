package dev.mcpguard.rego.types;

import java.util.Locale;

/** The types without parts. */
public enum ScalarType implements Type {
  NULL,
  BOOLEAN,
  NUMBER,
  STRING;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
